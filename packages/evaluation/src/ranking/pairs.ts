import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { holm } from '../comparison/corrections.ts';
import { mcnemar } from '../comparison/mcnemar.ts';
import type { PairedCounts } from '../comparison/effect-sizes.ts';

/** Two-sided p-values of a test between each two runs, by their positions; symmetric. */
export type PairTest = (first: number, second: number) => number;

/** How many samples each two runs have right and wrong, 32 samples at a time. */
export class PairedCorrectness {
  readonly #words: Uint32Array[];
  readonly #right: number[];
  readonly #samples: number;

  constructor(truth: Int16Array, predicted: readonly Int16Array[]) {
    this.#samples = truth.length;
    this.#words = predicted.map((column) => {
      const words = new Uint32Array(Math.ceil(truth.length / 32));
      column.forEach((label, i) => {
        if (label === truth[i]) words[i >>> 5]! |= 1 << (i & 31);
      });
      return words;
    });
    this.#right = this.#words.map((words) => words.reduce((sum, word) => sum + bits(word), 0));
  }

  counts(first: number, second: number): PairedCounts {
    const [a, b] = [this.#words[first]!, this.#words[second]!];
    let bothRight = 0;
    for (let i = 0; i < a.length; i++) bothRight += bits(a[i]! & b[i]!);
    const [broken, fixed] = [this.#right[first]! - bothRight, this.#right[second]! - bothRight];
    return { bothRight, fixed, broken, bothWrong: this.#samples - bothRight - fixed - broken };
  }

  /** Mid-p of McNemar's test. */
  readonly test: PairTest = (first, second) => {
    const { fixed, broken } = this.counts(first, second);
    return mcnemar(fixed, broken).midP;
  };
}

/** Set bits of a word of 32 (Warren, Hacker's Delight, 2012, figure 5-2). */
function bits(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * Whether two runs' metrics differ, by the standard error that their difference has in the draws of a paired bootstrap,
 * taken as normal: p-values of a thousand draws alone end at 1/1000, which no correction for many pairs can use.
 * p is 1 where the difference is undefined, or the same in every draw: then the samples do not tell how sure it is.
 * @param observed the metric of each run
 * @param values the same in each draw
 */
export function bootstrapTest(observed: readonly number[], values: readonly Float64Array[]): PairTest {
  return (first, second) => {
    const difference = observed[second]! - observed[first]!;
    const [a, b] = [values[first]!, values[second]!];
    let [n, mean, squares] = [0, 0, 0];
    for (let draw = 0; draw < a.length; draw++) {
      const drawn = b[draw]! - a[draw]!;
      if (Number.isNaN(drawn)) continue;
      n++;
      const off = drawn - mean;
      mean += off / n;
      squares += off * (drawn - mean);
    }
    const error = n < 2 ? 0 : Math.sqrt(squares / (n - 1));
    // Rounding leaves differences that are the same in every draw with a spread of some 1e-17.
    if (Number.isNaN(difference) || error < 1e-12) return 1;
    return Math.min(1, 2 * normalCdf(-Math.abs(difference) / error, 0, 1));
  };
}

/** Every pair of runs, with the p-value that holds for all pairs together. */
export interface AdjustedPair {
  readonly first: number;
  readonly second: number;
  readonly p: number;
  readonly adjusted: number;
}

/**
 * Tests each two runs, corrected by Holm (1979) over both directions of every pair: with at most the probability alpha is
 * any run called better than one that it is not better than. Hypotheses with a direction, because ranks are made of
 * them; a two-sided p is twice that of its direction.
 */
export function testAllPairs(runs: number, test: PairTest): AdjustedPair[] {
  const pairs: { first: number; second: number; p: number }[] = [];
  for (let first = 0; first < runs; first++) {
    for (let second = first + 1; second < runs; second++) pairs.push({ first, second, p: test(first, second) });
  }
  const adjusted = holm([...pairs.map(({ p }) => p / 2), ...pairs.map(({ p }) => 1 - p / 2)]);
  return pairs.map((pair, i) => ({ ...pair, adjusted: adjusted[i]! }));
}

/** The ranks that a run may have. */
export interface RankSet {
  readonly low: number;
  readonly high: number;
}

/**
 * Confidence sets for all ranks at once: a run's best rank is behind those that are surely better, its worst before those
 * that are surely worse. Where no run is falsely called better, every set holds the true rank; so all of them do with
 * at least the confidence of the tests (Mogstad, Romano, Shaikh and Wilhelm, 2024, Review of Economic Studies 91, 476,
 * theorem 3.1), also where runs are truly equal.
 * @param observed the metric of each run
 */
export function rankSets(observed: readonly number[], pairs: readonly AdjustedPair[], alpha: number): RankSet[] {
  const sets = observed.map(() => ({ low: 1, high: observed.length }));
  for (const { first, second, adjusted } of pairs) {
    if (adjusted > alpha || observed[first] === observed[second]) continue;
    const [better, worse] = observed[first]! > observed[second]! ? [first, second] : [second, first];
    sets[worse]!.low++;
    sets[better]!.high--;
  }
  return sets;
}
