import { EvaluationInputError } from '../errors.ts';
import { checkPredictions, NO_PREDICTION, type Predictions } from '../predictions.ts';

/** Predictions that surely have scores. */
export type ScoredPredictions = Predictions & { readonly scores: Float32Array };

/** Scores come as float32, often from a softmax in half precision. */
const SUM_TOLERANCE = 1e-3;

/**
 * Each row with a prediction must be a distribution: finite, from 0 on, with the sum 1 within 0.001.
 * @throws EvaluationInputError naming `scores` and the flat index
 */
export function checkScores(p: Predictions): asserts p is ScoredPredictions {
  checkPredictions(p);
  if (!p.scores) throw new EvaluationInputError('scores', 'are missing');
  const k = p.labels.length;
  for (let i = 0; i < p.truth.length; i++) {
    if (p.predicted[i] === NO_PREDICTION) continue;
    let sum = 0;
    for (let at = i * k; at < (i + 1) * k; at++) {
      const score = p.scores[at]!;
      if (!(score >= 0 && score < Infinity)) {
        throw new EvaluationInputError('scores', `is ${score}, expected a finite number from 0 on`, at);
      }
      sum += score;
    }
    if (Math.abs(sum - 1) > SUM_TOLERANCE) {
      throw new EvaluationInputError('scores', `begins a row whose sum is ${sum}, expected 1`, i * k);
    }
  }
}

/** Indices of the samples that have a prediction; like scikit-learn's curves, without those of weight 0. */
export function coveredSamples(p: Predictions): Uint32Array {
  const covered = new Uint32Array(p.truth.length);
  let n = 0;
  for (let i = 0; i < p.truth.length; i++) {
    if (p.predicted[i] !== NO_PREDICTION && weightOf(p, i) > 0) covered[n++] = i;
  }
  return covered.subarray(0, n);
}

/** Why nothing is defined where `coveredSamples` is empty. */
export const UNCOVERED = 'no sample that counts has a prediction';

export const weightOf = (p: Predictions, i: number): number => (p.weights === undefined ? 1 : p.weights[i]!);

/** The score of what was predicted. */
export const confidenceOf = (p: ScoredPredictions, i: number): number =>
  p.scores[i * p.labels.length + p.predicted[i]!]!;
