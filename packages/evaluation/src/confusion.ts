import { NO_PREDICTION, type Predictions } from './predictions.ts';

/** Counts of truth against prediction; everything that depends only on labels is computed from it. */
export interface ConfusionMatrix {
  readonly labels: readonly string[];
  /** counts[truth][predicted] */
  readonly counts: readonly (readonly number[])[];
  /** Samples of each true class that have no prediction. */
  readonly none: readonly number[];
}

export function confusionMatrix(p: Predictions): ConfusionMatrix {
  const counts = p.labels.map(() => new Array<number>(p.labels.length).fill(0));
  const none = new Array<number>(p.labels.length).fill(0);
  for (let i = 0; i < p.truth.length; i++) {
    const truth = p.truth[i]!;
    const predicted = p.predicted[i]!;
    if (predicted === NO_PREDICTION) none[truth]!++;
    else counts[truth]![predicted]!++;
  }
  return { labels: p.labels, counts, none };
}

/**
 * Per-class sums of a confusion matrix. `flat` is row-major, truth x (labels + 1), the last column being samples
 * without a prediction; flat, because the bootstrap fills thousands of them.
 */
export interface ClassSums {
  correct: Float64Array;
  support: Float64Array;
  predicted: Float64Array;
}

export function flatten(matrix: ConfusionMatrix): Float64Array {
  const k = matrix.labels.length;
  const flat = new Float64Array(k * (k + 1));
  matrix.counts.forEach((row, t) => {
    row.forEach((count, p) => (flat[t * (k + 1) + p] = count));
    flat[t * (k + 1) + k] = matrix.none[t]!;
  });
  return flat;
}

export function classSums(flat: Float64Array, k: number): ClassSums {
  const sums = { correct: new Float64Array(k), support: new Float64Array(k), predicted: new Float64Array(k) };
  for (let t = 0; t < k; t++) {
    for (let p = 0; p <= k; p++) {
      const count = flat[t * (k + 1) + p]!;
      sums.support[t]! += count;
      if (p < k) sums.predicted[p]! += count;
    }
    sums.correct[t] = flat[t * (k + 1) + t]!;
  }
  return sums;
}
