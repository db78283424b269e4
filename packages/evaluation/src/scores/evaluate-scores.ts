import { exactEstimate, undefinedEstimate, type Estimate } from '../estimate.ts';
import type { Predictions } from '../predictions.ts';
import { calibration, type Calibration } from './calibration.ts';
import { checkScores, coveredSamples } from './check-scores.ts';
import { scoredSteps } from './one-against-rest.ts';
import { precisionRecallOfSteps, type PrecisionRecallPoint } from './precision-recall.ts';
import { brierScore, logLoss } from './proper-scores.ts';
import { rocOfSteps, type RocPoint } from './roc.ts';
import { topKAccuracy } from './top-k.ts';

/** Points of a stored curve: enough for a plot. */
const CURVE_POINTS = 100;
const TOP = [2, 3, 5];

export interface ClassScoreEvaluation {
  readonly label: string;
  readonly rocAuc: Estimate;
  readonly averagePrecision: Estimate;
  /** Thinned; areas are those of the whole curves. */
  readonly roc: readonly RocPoint[];
  readonly precisionRecall: readonly PrecisionRecallPoint[];
}

export interface ScoreEvaluation {
  readonly logLoss: Estimate;
  readonly brierScore: Estimate;
  readonly topK: readonly { readonly k: number; readonly accuracy: Estimate }[];
  readonly calibration: Calibration;
  readonly perClass: readonly ClassScoreEvaluation[];
  readonly macroRocAuc: Estimate;
  readonly macroAveragePrecision: Estimate;
}

/**
 * All that class scores tell of a run, over the samples with a prediction.
 * @throws EvaluationInputError
 */
export function evaluateScores(p: Predictions, confidence = 0.95): ScoreEvaluation {
  checkScores(p);
  const covered = coveredSamples(p);
  const perClass = p.labels.map((label, c): ClassScoreEvaluation => {
    const steps = scoredSteps(p, c, covered);
    const roc = rocOfSteps(steps, label, confidence);
    const { averagePrecision, points } = precisionRecallOfSteps(steps, label);
    return {
      label,
      rocAuc: roc.auc,
      averagePrecision,
      roc: thinCurve(roc.points, CURVE_POINTS),
      precisionRecall: thinCurve(points, CURVE_POINTS),
    };
  });
  return {
    logLoss: logLoss(p, confidence),
    brierScore: brierScore(p, confidence),
    topK: TOP.filter((k) => k < p.labels.length).map((k) => ({ k, accuracy: topKAccuracy(p, k, confidence) })),
    calibration: calibration(p, { confidence }),
    perClass,
    macroRocAuc: macro(perClass.map((c) => c.rocAuc)),
    macroAveragePrecision: macro(perClass.map((c) => c.averagePrecision)),
  };
}

/**
 * Unweighted mean of the areas under the ROC curves, one class against the rest, over the classes that have one.
 * @throws EvaluationInputError
 */
export const macroRocAuc = (p: Predictions): Estimate => evaluateScores(p).macroRocAuc;

/**
 * Unweighted mean of the average precisions over the classes that occur.
 * @throws EvaluationInputError
 */
export const macroAveragePrecision = (p: Predictions): Estimate => evaluateScores(p).macroAveragePrecision;

function macro(estimates: readonly Estimate[]): Estimate {
  const values = estimates.flatMap(({ value }) => (value === null ? [] : [value]));
  if (values.length === 0) return undefinedEstimate('no class has both samples of its own and others');
  return exactEstimate(values.reduce((sum, value) => sum + value, 0) / values.length);
}

/** At most `maximum` points of a curve, evenly taken, the first and the last among them. */
export function thinCurve<T>(points: readonly T[], maximum: number): readonly T[] {
  if (points.length <= maximum) return points;
  return Array.from({ length: maximum }, (_, i) => points[Math.round((i * (points.length - 1)) / (maximum - 1))]!);
}
