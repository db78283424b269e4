import { EvaluationInputError } from '../errors.ts';
import { quantile } from '../intervals.ts';
import { checkLength, type Predictions } from '../predictions.ts';

/** Every sample in exactly one slice. */
export interface Slicing {
  /** What it slices by, such as 'split' or 'brightness'. */
  readonly name: string;
  /** Names of the slices. */
  readonly values: readonly string[];
  /** The slice of each sample: an index into `values`. */
  readonly codes: Int32Array;
}

/** The slices are the true classes. */
export function byLabel({ labels, truth }: Pick<Predictions, 'labels' | 'truth'>): Slicing {
  return { name: 'label', values: labels, codes: Int32Array.from(truth) };
}

/**
 * The slices are the distinct words of a tag or a split, in the order of the alphabet.
 * @throws EvaluationInputError
 */
export function byWord(name: string, words: readonly string[]): Slicing {
  const values = [...new Set(words)].sort();
  const codes = new Map(values.map((value, i) => [value, i]));
  return { name, values, codes: Int32Array.from(words, (word) => codes.get(word)!) };
}

/**
 * The slices are bins of about equally many samples of a figure, such as an image's brightness. Equal values are in one
 * bin, so that there may be fewer bins; NaN is a slice of its own, 'unknown'.
 * @throws EvaluationInputError
 */
export function byQuantile(name: string, figures: Float64Array, bins = 5): Slicing {
  if (!Number.isInteger(bins) || bins < 1 || bins > 1000) {
    throw new EvaluationInputError('bins', `is ${bins}, expected a whole number from 1 to 1,000`);
  }
  const known = figures.filter((figure) => !Number.isNaN(figure)).sort();
  const lowest = known[0] ?? 0;
  const inner = known.length === 0 ? [] : Array.from({ length: bins - 1 }, (_, i) => quantile(known, (i + 1) / bins));
  /** A bin has the values above the edge before up to its own edge. */
  const edges = [...new Set([...inner, known.at(-1) ?? 0])].filter(
    (edge, i, all) => i === all.length - 1 || edge < all.at(-1)!,
  );
  const short = (figure: number): string => String(Number(figure.toPrecision(4)));
  const values = edges.map(
    (edge, b) => `${b === 0 ? short(lowest) : `above ${short(edges[b - 1]!)}`} to ${short(edge)}`,
  );
  const codes = Int32Array.from(figures, (figure) =>
    Number.isNaN(figure) ? edges.length : edges.findIndex((edge) => figure <= edge),
  );
  return known.length === figures.length ? { name, values, codes } : { name, values: [...values, 'unknown'], codes };
}

/**
 * The slices are how many of several runs are right, from '0 of 3 right' on: where models agree, and where none helps.
 * @param predicted a column for each run
 * @throws EvaluationInputError
 */
export function byAgreement(truth: Int16Array, predicted: readonly Int16Array[]): Slicing {
  predicted.forEach((column, run) => {
    checkLength(`predicted[${run}]`, column.length, truth.length);
  });
  const values = Array.from({ length: predicted.length + 1 }, (_, n) => `${n} of ${predicted.length} right`);
  const codes = Int32Array.from(truth, (label, i) => predicted.filter((column) => column[i] === label).length);
  return { name: 'agreement', values, codes };
}
