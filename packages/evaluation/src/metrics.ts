import type { ClassSums } from './confusion.ts';

/**
 * Metrics of a confusion matrix, by the definitions of scikit-learn's `metrics` module; NaN here means undefined and
 * is turned into a reason before it leaves the package.
 *
 * A sample without a prediction counts as wrong: it stands in its class's support and in nobody's predicted column.
 */
export type ClassMetric = (sums: ClassSums, label: number) => number;
export type OverallMetric = (sums: ClassSums) => number;

/** TP / (TP + FP); undefined when the class is never predicted. */
export const precision: ClassMetric = ({ correct, predicted }, c) => ratio(correct[c]!, predicted[c]!);

/** TP / (TP + FN); undefined when the class never occurs. */
export const recall: ClassMetric = ({ correct, support }, c) => ratio(correct[c]!, support[c]!);

/** 2 TP / (2 TP + FP + FN); undefined when the class neither occurs nor is predicted. */
export const f1: ClassMetric = ({ correct, support, predicted }, c) =>
  ratio(2 * correct[c]!, support[c]! + predicted[c]!);

/** Correct over all samples. The micro-averaged recall is the same. */
export const accuracy: OverallMetric = ({ correct, support }) => ratio(sum(correct), sum(support));

/** Correct over the samples that have a prediction. The micro-averaged precision is the same. */
export const coveredAccuracy: OverallMetric = ({ correct, predicted }) => ratio(sum(correct), sum(predicted));

/** 2 TP / (2 TP + FP + FN) over all classes together; the accuracy, unless there are samples without a prediction. */
export const microF1: OverallMetric = ({ correct, support, predicted }) =>
  ratio(2 * sum(correct), sum(support) + sum(predicted));

/**
 * Cohen's kappa (1960) between truth and prediction: (observed - expected agreement) / (1 - expected agreement); no
 * prediction is a category of its own. Undefined when both name one and the same class throughout.
 */
export const cohenKappa: OverallMetric = ({ correct, support, predicted, missing }) => {
  const n = sum(support);
  let [expected, shared] = [0, 0];
  for (let c = 0; c < support.length; c++) {
    expected += (support[c]! / n) * (predicted[c]! / n);
    if (support[c]! > 0 && predicted[c]! > 0) shared++;
  }
  // Not by 1 - expected: sums of weights leave a rounding error there.
  const oneThroughout = shared === 1 && missing === 0 && occurring(support) === 1 && occurring(predicted) === 1;
  if (n === 0 || oneThroughout) return NaN;
  return (sum(correct) / n - expected) / (1 - expected);
};

/**
 * Matthews' correlation coefficient for many classes, R_K of Gorodkin (2004), as scikit-learn computes it; no prediction
 * is a category of its own. Undefined when truth or prediction name one class throughout (scikit-learn gives 0 there).
 */
export const matthewsCorrelation: OverallMetric = ({ correct, support, predicted, missing }) => {
  const n = sum(support);
  let products = 0;
  let truthSquares = 0;
  let predictedSquares = missing * missing;
  for (let c = 0; c < support.length; c++) {
    products += support[c]! * predicted[c]!;
    truthSquares += support[c]! * support[c]!;
    predictedSquares += predicted[c]! * predicted[c]!;
  }
  // Not by variances of 0: sums of weights leave a rounding error there.
  if (occurring(support) < 2 || occurring(predicted) + (missing > 0 ? 1 : 0) < 2) return NaN;
  return (sum(correct) * n - products) / Math.sqrt((n * n - truthSquares) * (n * n - predictedSquares));
};

/** Mean recall over the classes that occur (Brodersen et al., 2010). */
export const balancedAccuracy: OverallMetric = (sums) => meanDefined(sums, recall);

/**
 * Unweighted mean over the classes that occur or are predicted. A class whose own value is undefined there counts as 0,
 * as scikit-learn's `zero_division=0` does; leaving it out would reward a model for never predicting a hard class.
 */
export const macro =
  (metric: ClassMetric): OverallMetric =>
  (sums) => {
    let total = 0;
    let classes = 0;
    for (let c = 0; c < sums.support.length; c++) {
      const occurrences = sums.support[c]! + sums.predicted[c]!;
      if (occurrences === 0) continue;
      classes++;
      const value = metric(sums, c);
      if (!Number.isNaN(value)) total += value;
    }
    return ratio(total, classes);
  };

/** Mean weighted by the classes' support; undefined values count as 0. */
export const weighted =
  (metric: ClassMetric): OverallMetric =>
  (sums) => {
    let total = 0;
    for (let c = 0; c < sums.support.length; c++) {
      const value = metric(sums, c);
      if (!Number.isNaN(value)) total += value * sums.support[c]!;
    }
    return ratio(total, sum(sums.support));
  };

function meanDefined(sums: ClassSums, metric: ClassMetric): number {
  let total = 0;
  let defined = 0;
  for (let c = 0; c < sums.support.length; c++) {
    const value = metric(sums, c);
    if (Number.isNaN(value)) continue;
    total += value;
    defined++;
  }
  return ratio(total, defined);
}

const occurring = (sums: Float64Array): number => sums.reduce((n, value) => n + (value > 0 ? 1 : 0), 0);

const ratio = (numerator: number, denominator: number): number => (denominator === 0 ? NaN : numerator / denominator);

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
