export { calibration, type Calibration, type CalibrationBin, type CalibrationOptions } from './calibration.ts';
export { checkScores } from './check-scores.ts';
export {
  evaluateScores,
  macroAveragePrecision,
  macroRocAuc,
  type ClassScoreEvaluation,
  type ScoreEvaluation,
} from './evaluate-scores.ts';
export { precisionRecallCurve, type PrecisionRecallCurve, type PrecisionRecallPoint } from './precision-recall.ts';
export { brierScore, logLoss } from './proper-scores.ts';
export { rocCurve, type RocCurve, type RocPoint } from './roc.ts';
export { thinCurve } from './thin-curve.ts';
export { topKAccuracy } from './top-k.ts';
