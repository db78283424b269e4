import { exactEstimate, undefinedEstimate, type Estimate } from '../estimate.ts';
import { checkFraction } from '../options.ts';
import type { Predictions } from '../predictions.ts';
import { calibration, type Calibration } from './calibration.ts';
import { checkScores, coveredSamples, UNCOVERED } from './check-scores.ts';
import { scoredSteps, type Steps } from './one-against-rest.ts';
import { precisionRecallOfSteps } from './precision-recall.ts';
import { brierScore, logLoss } from './proper-scores.ts';
import { rocAreaOfSteps } from './roc.ts';
import { topKAccuracy } from './top-k.ts';

/** Of top-k accuracy, where there are more classes than that. */
const TOP = [2, 3, 5];

export interface ClassScoreEvaluation {
  readonly label: string;
  readonly rocAuc: Estimate;
  readonly averagePrecision: Estimate;
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
 * What class scores tell of a run, over the samples with a prediction, in single figures. Curves have a point for each
 * distinct score and are computed when they are wanted: `rocCurve`, `precisionRecallCurve`, `accuracyCoverage`.
 * @throws EvaluationInputError
 */
export function evaluateScores(p: Predictions, confidence = 0.95): ScoreEvaluation {
  checkScores(p);
  checkFraction('confidence', confidence);
  const covered = coveredSamples(p);
  const perClass = p.labels.map((label, c): ClassScoreEvaluation => {
    const steps = scoredSteps(p, c, covered);
    const rocAuc = rocAreaOfSteps(steps, label, confidence);
    return { label, rocAuc, averagePrecision: precisionRecallOfSteps(steps, label).averagePrecision };
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
