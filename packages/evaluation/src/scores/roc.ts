import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { exactEstimate, undefinedEstimate, type Estimate } from '../estimate.ts';
import type { Predictions } from '../predictions.ts';
import { stepsOf, type Steps } from './one-against-rest.ts';

export interface RocPoint {
  /** Scores from here on count as the class; null for the first point, where none does. */
  readonly threshold: number | null;
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
}

export interface RocCurve {
  readonly auc: Estimate;
  /** One for each distinct score, after the point at the origin; empty where the AUC is undefined. */
  readonly points: readonly RocPoint[];
}

/**
 * Receiver operating characteristic of one class against the rest, over the samples with a prediction; the points of
 * scikit-learn's `roc_curve` with `drop_intermediate=False`. The area has DeLong's interval (DeLong, DeLong and
 * Clarke-Pearson, 1988) when samples have no weights and its variance is not 0.
 * @param label index of the class
 * @throws EvaluationInputError
 */
export function rocCurve(p: Predictions, label: number, confidence = 0.95): RocCurve {
  return rocOfSteps(stepsOf(p, label), p.labels[label]!, confidence);
}

export function rocOfSteps(steps: Steps, name: string, confidence: number): RocCurve {
  const { positives, negatives } = steps;
  if (positives === 0) return { auc: undefinedEstimate(`${name} does not occur`), points: [] };
  if (negatives === 0) return { auc: undefinedEstimate(`nothing but ${name} occurs`), points: [] };
  const points: RocPoint[] = [{ threshold: null, falsePositiveRate: 0, truePositiveRate: 0 }];
  steps.thresholds.forEach((threshold, at) => {
    points.push({
      threshold,
      falsePositiveRate: steps.falsePositives[at]! / negatives,
      truePositiveRate: steps.truePositives[at]! / positives,
    });
  });
  return { auc: areaOf(steps, confidence), points };
}

/**
 * The area is the mean placement: for each positive the share of negatives with a lower score, ties counting half. The
 * placements of positives and of negatives vary independently, which gives the variance of the area; all samples of one
 * step have one placement, so that one pass does (the idea of Sun and Xu, 2014).
 */
function areaOf(
  { truePositives, falsePositives, positives, negatives, unweighted }: Steps,
  confidence: number,
): Estimate {
  let [area, ofPositives, ofNegatives] = [0, 0, 0];
  let [before, beforeOthers] = [0, 0];
  for (let at = 0; at < truePositives.length; at++) {
    const here = truePositives[at]! - before;
    const others = falsePositives[at]! - beforeOthers;
    const placement = (negatives - beforeOthers - others / 2) / negatives;
    const placementOfOthers = (before + here / 2) / positives;
    area += here * placement;
    ofPositives += here * placement ** 2;
    ofNegatives += others * placementOfOthers ** 2;
    before += here;
    beforeOthers += others;
  }
  const value = area / positives;
  if (!unweighted || positives < 2 || negatives < 2) return exactEstimate(value);
  const variance = (sumOfSquares: number, n: number): number => Math.max(0, sumOfSquares / n - value ** 2) / (n - 1);
  const error = Math.sqrt(variance(ofPositives, positives) + variance(ofNegatives, negatives));
  if (error < 1e-12) return exactEstimate(value); // Separated or all alike: the method knows no uncertainty there.
  const spread = normalQuantile((1 + confidence) / 2, 0, 1) * error;
  return { value, low: Math.max(0, value - spread), high: Math.min(1, value + spread), method: 'delong' };
}
