import { EvaluationInputError } from '../errors.ts';
import { exactEstimate, undefinedEstimate, type Estimate } from '../estimate.ts';
import { checkFraction } from '../options.ts';
import type { Predictions } from '../predictions.ts';
import { calibration, type Calibration } from './calibration.ts';
import { checkScores, coveredSamples, UNCOVERED } from './check-scores.ts';
import { scoredSteps, type Steps } from './one-against-rest.ts';
import { precisionRecallOfSteps, type PrecisionRecallPoint } from './precision-recall.ts';
import { brierScore, logLoss } from './proper-scores.ts';
import { rocAreaOfSteps, rocOfSteps, type RocPoint } from './roc.ts';
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
  checkFraction('confidence', confidence);
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
export const macroRocAuc = (p: Predictions): Estimate =>
  macro(ofEachClass(p, (steps, label) => rocAreaOfSteps(steps, label, 0.95)));

/**
 * Unweighted mean of the average precisions over the classes that occur.
 * @throws EvaluationInputError
 */
export const macroAveragePrecision = (p: Predictions): Estimate =>
  macro(ofEachClass(p, (steps, label) => precisionRecallOfSteps(steps, label).averagePrecision));

function ofEachClass(p: Predictions, estimate: (steps: Steps, label: string) => Estimate): Estimate[] {
  checkScores(p);
  const covered = coveredSamples(p);
  return p.labels.map((label, c) => estimate(scoredSteps(p, c, covered), label));
}

function macro(estimates: readonly Estimate[]): Estimate {
  const values = estimates.flatMap(({ value }) => (value === null ? [] : [value]));
  if (values.length === 0) {
    const uncovered = estimates.some((estimate) => estimate.value === null && estimate.reason === UNCOVERED);
    return undefinedEstimate(uncovered ? UNCOVERED : 'no class has both samples of its own and others');
  }
  return exactEstimate(values.reduce((sum, value) => sum + value, 0) / values.length);
}

/**
 * At most `maximum` points of a curve, evenly taken, the first and the last among them. Figures are to be computed from
 * the whole curve before.
 * @param maximum a whole number from 2 on
 * @throws EvaluationInputError
 */
export function thinCurve<T>(points: readonly T[], maximum: number): readonly T[] {
  if (!Number.isInteger(maximum) || maximum < 2) {
    throw new EvaluationInputError('maximum', `is ${maximum}, expected a whole number from 2 on`);
  }
  if (points.length <= maximum) return points;
  return Array.from({ length: maximum }, (_, i) => points[Math.round((i * (points.length - 1)) / (maximum - 1))]!);
}
