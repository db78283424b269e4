import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { exactEstimate, undefinedEstimate, type Estimate } from '../estimate.ts';
import { checkFraction } from '../options.ts';
import type { Predictions } from '../predictions.ts';
import { checkScores, coveredSamples, UNCOVERED, weightOf } from './check-scores.ts';

/** Of Brier's score. */
const WORST = 2;

/**
 * Mean of -ln(score of the true class) over the samples with a prediction; nats. Scores are kept 2^-52 away from 0 and
 * from 1, so that one certain error costs 36.04 instead of everything, and rows are not normalised: scikit-learn's
 * `log_loss` of the scores as float64. Given float32 itself it keeps them 2^-23 away (an error costs at most 15.94) and
 * adds in float32, which is good for six digits. Without weights it has Student's interval of a mean.
 * @throws EvaluationInputError
 */
export function logLoss(p: Predictions, confidence = 0.95): Estimate {
  checkScores(p);
  const k = p.labels.length;
  const { scores, truth } = p;
  const limit = Number.EPSILON;
  return meanOver(
    p,
    confidence,
    Infinity,
    (i) => -Math.log(Math.min(1 - limit, Math.max(limit, scores[i * k + truth[i]!]!))),
  );
}

/**
 * Brier's score (1950) for many classes: the mean over samples with a prediction of the sum over classes of
 * (score - 1 if it is the true class, else 0)^2. From 0 (perfect) to 2; scikit-learn's `brier_score_loss` with
 * `scale_by_half=False` (of two classes it is twice what is often called so). Without weights it has Student's interval of a mean.
 * @throws EvaluationInputError
 */
export function brierScore(p: Predictions, confidence = 0.95): Estimate {
  checkScores(p);
  const k = p.labels.length;
  const { scores, truth } = p;
  return meanOver(p, confidence, WORST, (i) => {
    let sum = 0;
    for (let c = 0; c < k; c++) sum += (scores[i * k + c]! - (truth[i] === c ? 1 : 0)) ** 2;
    return sum;
  });
}

/** @param worst the largest loss */
function meanOver(p: Predictions, confidence: number, worst: number, loss: (i: number) => number): Estimate {
  checkFraction('confidence', confidence);
  const covered = coveredSamples(p);
  const n = covered.length;
  if (n === 0) return undefinedEstimate(UNCOVERED);
  const losses = new Float64Array(n);
  let weights = 0;
  let total = 0;
  for (let at = 0; at < n; at++) {
    const i = covered[at]!;
    losses[at] = loss(i);
    weights += weightOf(p, i);
    total += weightOf(p, i) * losses[at]!;
  }
  const value = total / weights;
  if (p.weights || n < 2) return exactEstimate(value);
  let squares = 0;
  for (const one of losses) squares += (one - value) ** 2;
  const spread = tQuantile((1 + confidence) / 2, n - 1) * Math.sqrt(squares / (n - 1) / n);
  // Rows whose sum is a little over 1 may have a loss a little over the worst.
  const high = Math.max(value, Math.min(worst, value + spread));
  return { value, low: Math.max(0, value - spread), high, method: 'student t' };
}
