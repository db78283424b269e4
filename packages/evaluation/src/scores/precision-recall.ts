import { exactEstimate, undefinedEstimate, type Estimate } from '../estimate.ts';
import type { Predictions } from '../predictions.ts';
import { reasonWithoutPositives, stepsOf, type Steps } from './one-against-rest.ts';

export interface PrecisionRecallPoint {
  /** Scores from here on count as the class; null for the last point, where none does. */
  readonly threshold: number | null;
  readonly precision: number;
  readonly recall: number;
}

export interface PrecisionRecallCurve {
  /** Sum over steps of (recall - recall before) x precision: no interpolation. */
  readonly averagePrecision: Estimate;
  /** By trapezoids, which is optimistic (Davis and Goadrich, 2006). */
  readonly auc: Estimate;
  /** By falling recall, down to 0, where the precision is taken as 1. Empty where the class does not occur. */
  readonly points: readonly PrecisionRecallPoint[];
}

/**
 * Precision and recall of one class against the rest, over the samples with a prediction; the points of scikit-learn's
 * `precision_recall_curve`, in its order: by rising threshold. Where every sample is of the class, the precision is 1
 * whatever the scores are, and so are both areas, as scikit-learn has it.
 * @param label index of the class
 * @throws EvaluationInputError
 */
export function precisionRecallCurve(p: Predictions, label: number): PrecisionRecallCurve {
  return precisionRecallOfSteps(stepsOf(p, label), p.labels[label]!);
}

export function precisionRecallOfSteps(steps: Steps, name: string): PrecisionRecallCurve {
  const { thresholds, truePositives, falsePositives, positives } = steps;
  if (positives === 0) {
    const undefinedHere = undefinedEstimate(reasonWithoutPositives(steps, name));
    return { averagePrecision: undefinedHere, auc: undefinedHere, points: [] };
  }
  let [average, area] = [0, 0];
  const points: PrecisionRecallPoint[] = [{ threshold: null, precision: 1, recall: 0 }];
  let last = points[0]!;
  for (let at = 0; at < thresholds.length; at++) {
    const taken = truePositives[at]! + falsePositives[at]!;
    const point = {
      threshold: thresholds[at]!,
      precision: truePositives[at]! / taken,
      recall: truePositives[at]! / positives,
    };
    average += (point.recall - last.recall) * point.precision;
    area += ((point.recall - last.recall) * (point.precision + last.precision)) / 2;
    points.push(point);
    last = point;
  }
  // Sums of rounded differences may pass 1 by an ulp.
  return {
    averagePrecision: exactEstimate(Math.min(1, average)),
    auc: exactEstimate(Math.min(1, area)),
    points: points.reverse(),
  };
}
