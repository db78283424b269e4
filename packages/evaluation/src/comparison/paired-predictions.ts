import { EvaluationInputError } from '../errors.ts';
import { checkLabelColumn, checkLength } from '../predictions.ts';

/** Predictions of two runs on the same samples: element i of every column belongs to sample i. */
export interface PairedPredictions {
  readonly labels: readonly string[];
  readonly truth: Int16Array;
  /** The predictions of the run that is compared against; -1 where there is none. */
  readonly first: Int16Array;
  readonly second: Int16Array;
}

/** @throws EvaluationInputError naming the argument and the index */
export function checkPaired(p: PairedPredictions): void {
  if (p.truth.length === 0) throw new EvaluationInputError('truth', 'is empty; there is nothing to compare');
  if (p.labels.length < 2)
    throw new EvaluationInputError('labels', `needs at least two classes, has ${p.labels.length}`);
  checkLength('first', p.first.length, p.truth.length);
  checkLength('second', p.second.length, p.truth.length);
  checkLabelColumn('truth', p.truth, 0, p.labels.length);
  checkLabelColumn('first', p.first, -1, p.labels.length);
  checkLabelColumn('second', p.second, -1, p.labels.length);
}

/** What became of a sample from the first run to the second. A missing prediction is wrong. */
export const OUTCOMES = ['both wrong', 'fixed', 'broken', 'both right'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * @returns for each sample an index into OUTCOMES
 * @throws EvaluationInputError
 */
export function outcomes(p: PairedPredictions): Uint8Array {
  checkPaired(p);
  return Uint8Array.from(p.truth, (truth, i) => (p.second[i] === truth ? 1 : 0) + (p.first[i] === truth ? 2 : 0));
}
