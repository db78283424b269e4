import { EvaluationInputError } from './errors.ts';

/** Predictions in columns: element i of every column belongs to sample i. */
export interface Predictions {
  /** Names of the classes; the other columns hold indices into this list. */
  readonly labels: readonly string[];
  /** The true class of each sample. */
  readonly truth: Int16Array;
  /** The predicted class, or NO_PREDICTION where the model abstained, failed or could not be understood. */
  readonly predicted: Int16Array;
  /** Class scores, row-major, samples x labels. Rows without a prediction are not read. */
  readonly scores?: Float32Array;
  /** Microseconds for each sample. */
  readonly latencyMicros?: Int32Array;
  /** How much each sample counts, from 0 on; all alike unless given. */
  readonly weights?: Float64Array;
}

export const NO_PREDICTION = -1;

/** @throws EvaluationInputError naming the argument and the index */
export function checkPredictions(p: Predictions): void {
  const n = p.truth.length;
  const k = p.labels.length;
  if (n === 0) throw new EvaluationInputError('truth', 'is empty; there is nothing to evaluate');
  if (k < 2) throw new EvaluationInputError('labels', `needs at least two classes, has ${k}`);
  checkLength('predicted', p.predicted.length, n);
  if (p.scores) checkLength('scores', p.scores.length, n * k);
  if (p.latencyMicros) checkLength('latencyMicros', p.latencyMicros.length, n);
  if (p.weights) checkWeights(p.weights, n);
  checkLabelColumn('truth', p.truth, 0, k);
  checkLabelColumn('predicted', p.predicted, NO_PREDICTION, k);
}

/** @throws EvaluationInputError */
export function checkLength(argument: string, found: number, expected: number): void {
  if (found !== expected) throw new EvaluationInputError(argument, `has ${found} elements, expected ${expected}`);
}

/**
 * @param lowest 0, or -1 where there may be no prediction
 * @throws EvaluationInputError
 */
export function checkLabelColumn(argument: string, column: ArrayLike<number>, lowest: number, labels: number): void {
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!;
    if (value < lowest || value >= labels) {
      throw new EvaluationInputError(argument, `is ${value}, outside ${lowest} to ${labels - 1}`, i);
    }
  }
}

function checkWeights(weights: Float64Array, samples: number): void {
  checkLength('weights', weights.length, samples);
  const bad = weights.findIndex((w) => !(w >= 0 && w < Infinity));
  if (bad >= 0)
    throw new EvaluationInputError('weights', `is ${weights[bad]}, expected a finite number from 0 on`, bad);
  if (weights.every((w) => w === 0)) throw new EvaluationInputError('weights', 'are all 0');
}
