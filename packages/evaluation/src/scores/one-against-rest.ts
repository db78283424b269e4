import { EvaluationInputError } from '../errors.ts';
import type { Predictions } from '../predictions.ts';
import { checkScores, coveredSamples, UNCOVERED, weightOf, type ScoredPredictions } from './check-scores.ts';
import { sortByScore } from './sort-by-score.ts';

/** Samples ordered by their score for one class, from the highest; samples of one score are one step. */
export interface Steps {
  /** One for each distinct score, descending. */
  readonly thresholds: Float64Array;
  /** Sums of weights of the class's samples, and of the others, with scores at or above the threshold. */
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
  readonly positives: number;
  readonly negatives: number;
  /** Whether sums are counts of samples. */
  readonly unweighted: boolean;
}

/** @throws EvaluationInputError when there is no such label */
export function stepsOf(p: Predictions, label: number): Steps {
  checkScores(p);
  if (!Number.isInteger(label) || label < 0 || label >= p.labels.length) {
    throw new EvaluationInputError('label', `is ${label}, outside 0 to ${p.labels.length - 1}`);
  }
  return scoredSteps(p, label, coveredSamples(p));
}

/** As `stepsOf`, for checked predictions. */
export function scoredSteps(p: ScoredPredictions, label: number, covered: Uint32Array): Steps {
  const k = p.labels.length;
  const scores = new Float32Array(covered.length);
  for (let at = 0; at < covered.length; at++) scores[at] = p.scores[covered[at]! * k + label]!;
  const order = sortByScore(scores);
  const thresholds = new Float64Array(order.length);
  const truePositives = new Float64Array(order.length);
  const falsePositives = new Float64Array(order.length);
  let [steps, positives, negatives] = [0, 0, 0];
  for (let at = 0; at < order.length; at++) {
    const sample = covered[order[at]!]!;
    const weight = weightOf(p, sample);
    if (p.truth[sample] === label) positives += weight;
    else negatives += weight;
    const score = scores[order[at]!]!;
    if (at + 1 < order.length && scores[order[at + 1]!] === score) continue;
    thresholds[steps] = score;
    truePositives[steps] = positives;
    falsePositives[steps] = negatives;
    steps++;
  }
  return {
    thresholds: thresholds.subarray(0, steps),
    truePositives: truePositives.subarray(0, steps),
    falsePositives: falsePositives.subarray(0, steps),
    positives,
    negatives,
    unweighted: p.weights === undefined,
  };
}

/** Why a curve that needs samples of the class has none of them. */
export function reasonWithoutPositives({ thresholds }: Steps, name: string): string {
  return thresholds.length === 0 ? UNCOVERED : `no sample with a prediction is ${name}`;
}
