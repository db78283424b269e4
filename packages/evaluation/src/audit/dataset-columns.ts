import { EvaluationInputError } from '../errors.ts';
import { checkLabelColumn, checkLength } from '../predictions.ts';

/** Facts of a dataset version's samples: element i of every column belongs to sample i. */
export interface DatasetColumns {
  readonly labels: readonly string[];
  /** Names of the splits, the one that models learn from first. */
  readonly splits: readonly string[];
  readonly truth: Int16Array;
  /** Indices into `splits`. */
  readonly split: Uint8Array;
  /** Of the image's bytes or pixels, or numbers in their place: equal for exact duplicates. */
  readonly digests: readonly string[] | Int32Array;
  /** 64-bit perceptual hashes: near for images that look alike. */
  readonly hashes?: BigUint64Array;
  /** 1 where the image can't be decoded; it is compared by its digest only. */
  readonly corrupt?: Uint8Array;
  /** 1 where the image shows nothing; all blank images have one hash, so that it is compared by its digest only. */
  readonly blank?: Uint8Array;
}

/** @throws EvaluationInputError naming the argument and the index */
export function checkDataset(d: DatasetColumns): void {
  const n = d.truth.length;
  if (n === 0) throw new EvaluationInputError('truth', 'is empty; there is nothing to audit');
  if (d.labels.length === 0) throw new EvaluationInputError('labels', 'are none');
  for (const name of ['split', 'digests', 'hashes', 'corrupt', 'blank'] as const) {
    const column = d[name];
    if (column) checkLength(name, column.length, n);
  }
  checkLabelColumn('truth', d.truth, 0, d.labels.length);
  checkLabelColumn('split', d.split, 0, d.splits.length);
}
