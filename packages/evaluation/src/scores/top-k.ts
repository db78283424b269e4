import { EvaluationInputError } from '../errors.ts';
import { undefinedEstimate, type Estimate } from '../estimate.ts';
import type { Predictions } from '../predictions.ts';
import { proportion } from '../wilson.ts';
import { checkScores, coveredSamples, weightOf } from './check-scores.ts';

/**
 * The share of all samples whose true class is among the `k` highest scores; a sample without a prediction is a miss.
 * Of equal scores the later class counts as the higher one, as in scikit-learn's `top_k_accuracy_score`.
 * @throws EvaluationInputError
 */
export function topKAccuracy(p: Predictions, k: number, confidence = 0.95): Estimate {
  checkScores(p);
  const classes = p.labels.length;
  if (!Number.isInteger(k) || k < 1 || k > classes) {
    throw new EvaluationInputError('k', `is ${k}, expected a whole number from 1 to ${classes}`);
  }
  let hits = 0;
  for (const i of coveredSamples(p)) {
    const truth = p.truth[i]!;
    const score = p.scores[i * classes + truth]!;
    let rank = 0;
    for (let c = 0; c < classes; c++) {
      const other = p.scores[i * classes + c]!;
      if (other > score || (other === score && c > truth)) rank++;
    }
    if (rank < k) hits += weightOf(p, i);
  }
  if (!p.weights) return proportion(hits, p.truth.length, confidence, 'there are no samples');
  const total = p.weights.reduce((sum, w) => sum + w, 0);
  return total === 0 ? undefinedEstimate('there are no samples') : { value: hits / total, method: 'none' };
}
