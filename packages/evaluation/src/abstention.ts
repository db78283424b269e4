import { exactEstimate, undefinedEstimate, type Estimate } from './estimate.ts';
import type { Predictions } from './predictions.ts';
import { checkScores, confidenceOf, coveredSamples, weightOf } from './scores/check-scores.ts';
import { sortByScore } from './scores/sort-by-score.ts';

export interface AccuracyCoveragePoint {
  /** Predictions with this confidence or more are kept. */
  readonly threshold: number;
  /** Share of all samples that are kept. */
  readonly coverage: number;
  /** Of those that are kept. */
  readonly accuracy: number;
}

export interface AccuracyCoverage {
  /** By falling threshold, one for each distinct confidence. */
  readonly points: readonly AccuracyCoveragePoint[];
  /**
   * Area under the risk-coverage curve (Geifman and El-Yaniv, 2017): the mean, over the samples with a prediction from
   * the most confident on, of the share of errors up to there. Samples of one confidence are in random order on average.
   */
  readonly riskCoverageArea: Estimate;
}

/**
 * Accuracy when the model abstains below a confidence, for every confidence that occurs. Samples without a prediction
 * are never kept.
 * @throws EvaluationInputError
 */
export function accuracyCoverage(p: Predictions): AccuracyCoverage {
  checkScores(p);
  const covered = coveredSamples(p);
  const confidences = Float32Array.from(covered, (i) => confidenceOf(p, i));
  const order = sortByScore(confidences);
  let all = 0;
  for (let i = 0; i < p.truth.length; i++) all += weightOf(p, i);
  const points: AccuracyCoveragePoint[] = [];
  let [kept, errors, area] = [0, 0, 0];
  for (let at = 0; at < order.length;) {
    const threshold = confidences[order[at]!]!;
    let [weight, wrong, end] = [0, 0, at];
    for (; end < order.length && confidences[order[end]!] === threshold; end++) {
      const i = covered[order[end]!]!;
      weight += weightOf(p, i);
      if (p.predicted[i] !== p.truth[i]) wrong += weightOf(p, i);
    }
    const alike = end - at;
    for (let n = 1; weight > 0 && n <= alike; n++) {
      area += ((weight / alike) * (errors + (wrong * n) / alike)) / (kept + (weight * n) / alike);
    }
    kept += weight;
    errors += wrong;
    if (kept > 0) points.push({ threshold, coverage: kept / all, accuracy: (kept - errors) / kept });
    at = end;
  }
  const riskCoverageArea = kept === 0 ? undefinedEstimate('no sample has a prediction') : exactEstimate(area / kept);
  return { points, riskCoverageArea };
}
