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
  for (let i = 0; i < n; i++) {
    const truth = p.truth[i]!;
    if (truth < 0 || truth >= k) throw new EvaluationInputError('truth', `is ${truth}, outside 0 to ${k - 1}`, i);
    const predicted = p.predicted[i]!;
    if (predicted < NO_PREDICTION || predicted >= k) {
      throw new EvaluationInputError('predicted', `is ${predicted}, outside -1 to ${k - 1}`, i);
    }
  }
}

function checkLength(argument: string, found: number, expected: number): void {
  if (found !== expected) throw new EvaluationInputError(argument, `has ${found} elements, expected ${expected}`);
}
