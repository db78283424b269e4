import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { undefinedEstimate, type Estimate } from '../estimate.ts';
import type { Predictions } from '../predictions.ts';
import { checkScores, coveredSamples, weightOf } from './check-scores.ts';

const UNCOVERED = 'no sample has a prediction';

/**
 * Mean of -ln(score of the true class) over the samples with a prediction; nats. Scores are kept 2^-52 away from 0, as
 * scikit-learn's `log_loss` does for float64, so that one certain error costs 36.04 instead of everything.
 * Without weights it has Student's interval of a mean.
 * @throws EvaluationInputError
 */
export function logLoss(p: Predictions, confidence = 0.95): Estimate {
  checkScores(p);
  const k = p.labels.length;
  const { scores, truth } = p;
  const limit = Number.EPSILON;
  return meanOver(p, confidence, (i) => -Math.log(Math.min(1 - limit, Math.max(limit, scores[i * k + truth[i]!]!))));
}

/**
 * Brier's score (1950) for many classes: the mean over samples with a prediction of the sum over classes of
 * (score - 1 if it is the true class, else 0)^2. From 0 (perfect) to 2; scikit-learn's `brier_score_loss` with
 * `scale_by_half=False`. Without weights it has Student's interval of a mean.
 * @throws EvaluationInputError
 */
export function brierScore(p: Predictions, confidence = 0.95): Estimate {
  checkScores(p);
  const k = p.labels.length;
  const { scores, truth } = p;
  return meanOver(p, confidence, (i) => {
    let sum = 0;
    for (let c = 0; c < k; c++) sum += (scores[i * k + c]! - (truth[i] === c ? 1 : 0)) ** 2;
    return sum;
  });
}

function meanOver(p: Predictions, confidence: number, loss: (i: number) => number): Estimate {
  const covered = coveredSamples(p);
  let weights = 0;
  let total = 0;
  for (const i of covered) {
    weights += weightOf(p, i);
    total += weightOf(p, i) * loss(i);
  }
  if (weights === 0) return undefinedEstimate(UNCOVERED);
  const value = total / weights;
  if (p.weights || covered.length < 2) return { value, method: 'none' };
  let squares = 0;
  for (const i of covered) squares += (loss(i) - value) ** 2;
  const n = covered.length;
  const spread = tQuantile((1 + confidence) / 2, n - 1) * Math.sqrt(squares / (n - 1) / n);
  return { value, low: Math.max(0, value - spread), high: value + spread, method: 'student t' };
}
