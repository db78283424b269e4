import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { exactEstimate, undefinedEstimate, type Estimate } from '../estimate.ts';
import { checkFraction } from '../options.ts';
import type { Predictions } from '../predictions.ts';
import { reasonWithoutPositives, stepsOf, type Steps } from './one-against-rest.ts';

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
  checkFraction('confidence', confidence);
  return rocOfSteps(stepsOf(p, label), p.labels[label]!, confidence);
}

export function rocOfSteps(steps: Steps, name: string, confidence: number): RocCurve {
  const auc = rocAreaOfSteps(steps, name, confidence);
  if (auc.value === null) return { auc, points: [] };
  const { thresholds, truePositives, falsePositives, positives, negatives } = steps;
  const points: RocPoint[] = [{ threshold: null, falsePositiveRate: 0, truePositiveRate: 0 }];
  for (let at = 0; at < thresholds.length; at++) {
    points.push({
      threshold: thresholds[at]!,
      falsePositiveRate: falsePositives[at]! / negatives,
      truePositiveRate: truePositives[at]! / positives,
    });
  }
  return { auc, points };
}

/** The area alone. */
export function rocAreaOfSteps(steps: Steps, name: string, confidence: number): Estimate {
  const { positives, negatives, unweighted } = steps;
  if (positives === 0) return undefinedEstimate(reasonWithoutPositives(steps, name));
  if (negatives === 0) return undefinedEstimate(`every sample with a prediction is ${name}`);
  let area = 0;
  forEachStep(steps, (here, _, placement) => (area += here * placement));
  const value = Math.min(1, area / positives); // Sums of rounded products may pass 1 by an ulp.
  if (!unweighted || positives < 2 || negatives < 2) return exactEstimate(value);
  const error = standardError(steps, value);
  if (error === 0) return exactEstimate(value); // Separated or all alike: the method knows no uncertainty there.
  const spread = normalQuantile((1 + confidence) / 2, 0, 1) * error;
  return { value, low: Math.max(0, value - spread), high: Math.min(1, value + spread), method: 'delong' };
}

/**
 * The area is the mean placement: for each positive the share of negatives with a lower score, ties counting half. The
 * placements of positives and of negatives vary independently, which gives the variance of the area; all samples of one
 * step have one placement, so that one pass does (the idea of Sun and Xu, 2014). Deviations are squared, not values: the
 * variance of a nearly perfect area would drown in the rounding of a difference of squares.
 */
function standardError(steps: Steps, area: number): number {
  const { positives, negatives } = steps;
  let [ofPositives, ofNegatives] = [0, 0];
  forEachStep(steps, (here, others, placement, placementOfOthers) => {
    ofPositives += here * (placement - area) ** 2;
    ofNegatives += others * (placementOfOthers - area) ** 2;
  });
  return Math.sqrt(ofPositives / (positives - 1) / positives + ofNegatives / (negatives - 1) / negatives);
}

/** Positives and negatives of each step with their placements: negatives below, and positives above, as shares. */
function forEachStep(
  { truePositives, falsePositives, positives, negatives }: Steps,
  visit: (here: number, others: number, placement: number, placementOfOthers: number) => void,
): void {
  let [before, beforeOthers] = [0, 0];
  for (let at = 0; at < truePositives.length; at++) {
    const here = truePositives[at]! - before;
    const others = falsePositives[at]! - beforeOthers;
    visit(here, others, (negatives - beforeOthers - others / 2) / negatives, (before + here / 2) / positives);
    before += here;
    beforeOthers += others;
  }
}
