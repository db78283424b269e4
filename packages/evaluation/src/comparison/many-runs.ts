import betainc from '@stdlib/math-base-special-betainc';
import gammainc from '@stdlib/math-base-special-gammainc';
import studentizedRangeCdf from '@stdlib/stats-base-dists-studentized-range-cdf';
import studentizedRangeQuantile from '@stdlib/stats-base-dists-studentized-range-quantile';
import { EvaluationInputError } from '../errors.ts';
import { checkFraction } from '../options.ts';
import { checkLength } from '../predictions.ts';

export interface ChiSquaredTest {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
}

/**
 * Cochran's Q (1950): whether any of several runs is right more often than another on the same samples.
 * @param correct a column of 0 and 1 for each run
 * @returns the statistic 0 and p 1 where no sample tells runs apart
 * @throws EvaluationInputError for fewer than two runs, or columns of other lengths
 */
export function cochranQ(correct: readonly Uint8Array[]): ChiSquaredTest {
  const samples = checkColumns('correct', correct);
  const runs = correct.length;
  let [rowSquares, total, columnSquares] = [0, 0, 0];
  for (let i = 0; i < samples; i++) {
    let row = 0;
    for (const column of correct) row += column[i] === 0 ? 0 : 1;
    total += row;
    rowSquares += row * row;
  }
  for (const column of correct) columnSquares += column.reduce((sum, hit) => sum + (hit === 0 ? 0 : 1), 0) ** 2;
  const spread = runs * total - rowSquares;
  const statistic = spread === 0 ? 0 : ((runs - 1) * (runs * columnSquares - total * total)) / spread;
  return chiSquared(statistic, runs - 1);
}

export interface Friedman extends ChiSquaredTest {
  /** The F test of Iman and Davenport (1980), less careful than the chi-squared one; null where it is not defined. */
  readonly imanDavenport: { readonly statistic: number; readonly p: number } | null;
  /** Mean rank of each treatment; 1 is the highest score. */
  readonly averageRanks: readonly number[];
  /** Kendall's W: agreement of the blocks about the order, from 0 to 1. */
  readonly kendallW: number;
}

/**
 * Friedman's test (1937), corrected for ties: whether any treatment (a model) ranks above another over several blocks
 * (datasets, folds, classes).
 * @param scores a column of one score a block for each treatment; higher is better
 * @throws EvaluationInputError for fewer than three treatments, columns of other lengths, or a score that is no number
 */
export function friedman(scores: readonly Float64Array[]): Friedman {
  const blocks = checkColumns('scores', scores);
  const k = scores.length;
  if (k < 3) throw new EvaluationInputError('scores', `needs three treatments, has ${k}; use a paired test for two`);
  const sums = new Float64Array(k);
  let ties = 0;
  for (let block = 0; block < blocks; block++) {
    const { ranks, tied } = ranksOf(scores.map((column) => column[block]!));
    ranks.forEach((rank, treatment) => (sums[treatment]! += rank));
    ties += tied;
  }
  let squares = 0;
  for (const sum of sums) squares += sum * sum;
  const correction = 1 - ties / (blocks * k * (k * k - 1));
  const statistic =
    correction <= 0 ? 0 : Math.max(0, ((12 / (blocks * k * (k + 1))) * squares - 3 * blocks * (k + 1)) / correction);
  const rest = blocks * (k - 1) - statistic;
  const f = ((blocks - 1) * statistic) / rest;
  return {
    ...chiSquared(statistic, k - 1),
    imanDavenport: blocks < 2 || rest <= 0 ? null : { statistic: f, p: fTail(f, k - 1, (k - 1) * (blocks - 1)) },
    averageRanks: Array.from(sums, (sum) => sum / blocks),
    kendallW: statistic / (blocks * (k - 1)),
  };
}

export interface Nemenyi {
  readonly alpha: number;
  /** Average ranks that are further apart than this differ at `alpha`. */
  readonly criticalDifference: number;
  readonly pairs: readonly {
    readonly first: number;
    readonly second: number;
    /** Of the average ranks, second - first. */
    readonly difference: number;
    readonly p: number;
  }[];
}

/**
 * Nemenyi's test (1963) of all pairs after Friedman's, as in Demsar (2006): average ranks against the studentised range
 * with infinite degrees of freedom, divided by sqrt(2).
 * @param averageRanks as `friedman` gives them
 * @param blocks over which the ranks were averaged
 * @throws EvaluationInputError
 */
export function nemenyi(averageRanks: readonly number[], blocks: number, alpha = 0.05): Nemenyi {
  checkFraction('alpha', alpha);
  const k = averageRanks.length;
  if (k < 2) throw new EvaluationInputError('averageRanks', `needs two treatments, has ${k}`);
  if (!Number.isInteger(blocks) || blocks < 1) {
    throw new EvaluationInputError('blocks', `is ${blocks}, expected a whole number from 1 on`);
  }
  const error = Math.sqrt((k * (k + 1)) / (6 * blocks));
  const pairs = averageRanks.flatMap((rank, first) =>
    averageRanks.slice(first + 1).map((other, at) => {
      const difference = other - rank;
      const range = (Math.abs(difference) / error) * Math.SQRT2;
      const p = range === 0 ? 1 : Math.min(1, Math.max(0, 1 - studentizedRangeCdf(range, k, Infinity)));
      return { first, second: first + 1 + at, difference, p };
    }),
  );
  const critical = studentizedRangeQuantile(1 - alpha, k, Infinity) / Math.SQRT2;
  return { alpha, criticalDifference: critical * error, pairs };
}

/** Ranks from the highest value on; equal values share their mean rank. `tied` is the sum of t^3 - t over the ties. */
function ranksOf(values: readonly number[]): { ranks: number[]; tied: number } {
  const order = values.map((_, i) => i).sort((a, b) => values[b]! - values[a]!);
  const ranks = new Array<number>(values.length);
  let tied = 0;
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let at = from; at < to; at++) ranks[order[at]!] = (from + 1 + to) / 2;
    tied += (to - from) ** 3 - (to - from);
    from = to;
  }
  return { ranks, tied };
}

function chiSquared(statistic: number, degreesOfFreedom: number): ChiSquaredTest {
  const p = statistic <= 0 ? 1 : gammainc(statistic / 2, degreesOfFreedom / 2, true, true);
  return { statistic, degreesOfFreedom, p };
}

/** P(F > f). */
function fTail(f: number, d1: number, d2: number): number {
  return f <= 0 ? 1 : betainc(d2 / (d2 + d1 * f), d2 / 2, d1 / 2, true, false);
}

function checkColumns(argument: string, columns: readonly (Uint8Array | Float64Array)[]): number {
  if (columns.length < 2) throw new EvaluationInputError(argument, `needs at least two runs, has ${columns.length}`);
  const length = columns[0]!.length;
  if (length === 0) throw new EvaluationInputError(argument, 'is empty; there is nothing to compare');
  columns.forEach((column, i) => {
    checkLength(`${argument}[${i}]`, column.length, length);
    const bad = column.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw new EvaluationInputError(`${argument}[${i}]`, `is ${column[bad]}, expected a number`, bad);
  });
  return length;
}
