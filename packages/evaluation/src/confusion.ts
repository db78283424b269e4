import { EvaluationInputError } from './errors.ts';
import { checkLength, NO_PREDICTION, type Predictions } from './predictions.ts';

/** Truth against prediction; every metric that depends on labels alone is computed from it. */
export interface ConfusionMatrix {
  readonly labels: readonly string[];
  /** counts[truth][predicted]; sums of weights where samples have weights. */
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
    const weight = p.weights === undefined ? 1 : p.weights[i]!;
    if (predicted === NO_PREDICTION) none[truth]! += weight;
    else counts[truth]![predicted]! += weight;
  }
  return { labels: p.labels, counts, none };
}

/**
 * The matrix of both sets of samples together, such as of two shards of a run.
 * @throws EvaluationInputError when the labels are not the same in the same order
 */
export function mergeConfusion(a: ConfusionMatrix, b: ConfusionMatrix): ConfusionMatrix {
  if (a.labels.length !== b.labels.length || a.labels.some((label, i) => label !== b.labels[i])) {
    throw new EvaluationInputError('labels', `differ: ${a.labels.join(', ')} and ${b.labels.join(', ')}`);
  }
  return {
    labels: a.labels,
    counts: a.counts.map((row, t) => row.map((count, p) => count + b.counts[t]![p]!)),
    none: a.none.map((count, t) => count + b.none[t]!),
  };
}

/**
 * A matrix as it was published: whole counts of samples.
 * @throws EvaluationInputError naming the argument, and the flat index of a count
 */
export function checkConfusion({ labels, counts, none }: ConfusionMatrix): void {
  if (labels.length < 2) throw new EvaluationInputError('labels', `needs at least two classes, has ${labels.length}`);
  checkLength('counts', counts.length, labels.length);
  checkLength('none', none.length, labels.length);
  counts.forEach((row, t) => {
    checkLength(`counts[${t}]`, row.length, labels.length);
  });
  checkCounts('counts', counts.flat());
  checkCounts('none', none);
  if (counts.flat().every((count) => count === 0) && none.every((count) => count === 0)) {
    throw new EvaluationInputError('counts', 'are all 0; there is nothing to evaluate');
  }
}

function checkCounts(argument: string, counts: readonly number[]): void {
  const bad = counts.findIndex((count) => !Number.isInteger(count) || count < 0);
  if (bad >= 0) throw new EvaluationInputError(argument, `is ${counts[bad]}, expected a whole number from 0 on`, bad);
}

/** Per-class sums of a confusion matrix. */
export interface ClassSums {
  correct: Float64Array;
  support: Float64Array;
  predicted: Float64Array;
  /** Of all samples: those without a prediction. */
  missing: number;
}

/** Row-major, truth x (labels + 1), the last column being samples without a prediction. */
export function flatten(matrix: ConfusionMatrix): Float64Array {
  const k = matrix.labels.length;
  const flat = new Float64Array(k * (k + 1));
  matrix.counts.forEach((row, t) => {
    row.forEach((count, p) => (flat[t * (k + 1) + p] = count));
    flat[t * (k + 1) + k] = matrix.none[t]!;
  });
  return flat;
}

/** @param flat as `flatten` gives it; flat, because the bootstrap fills thousands of them */
export function classSums(flat: Float64Array, k: number): ClassSums {
  const sums = {
    correct: new Float64Array(k),
    support: new Float64Array(k),
    predicted: new Float64Array(k),
    missing: 0,
  };
  for (let t = 0; t < k; t++) {
    for (let p = 0; p < k; p++) {
      const count = flat[t * (k + 1) + p]!;
      sums.support[t]! += count;
      sums.predicted[p]! += count;
    }
    const none = flat[t * (k + 1) + k]!;
    sums.support[t]! += none;
    sums.missing += none;
    sums.correct[t] = flat[t * (k + 1) + t]!;
  }
  return sums;
}
