import { EvaluationInputError } from '../errors.ts';
import { ones } from './hamming.ts';

const BITS = 64;
/** Beyond that the parts of a hash get so short that everything is compared with everything. */
const FURTHEST = 10;
/** Parts are at most so long that a table of their values stays small. */
const FEWEST_PARTS = 4;

export interface NearPair {
  readonly first: number;
  readonly second: number;
  /** Bits that differ. */
  readonly distance: number;
}

export interface NearDuplicates {
  /** Indices of equal hashes, ascending; only where there are two or more. */
  readonly groups: readonly (readonly number[])[];
  /** Pairs of different hashes, each standing for its group by the group's first index; ordered by indices. */
  readonly pairs: readonly NearPair[];
  /** Whether there were more pairs than `limit`. */
  readonly truncated: boolean;
}

/**
 * All pairs of 64-bit hashes that differ in at most `maximumDistance` bits. Exact, by multi-index hashing (Norouzi,
 * Punjani and Fleet, 2012): of hashes cut into more parts than they may differ in bits, one part at least is equal, so
 * that only hashes with an equal part are compared. Equal hashes are grouped first, so that ten thousand blank images
 * are one group and not fifty million pairs.
 * @param maximumDistance from 0 to 10
 * @param limit of pairs that are given
 * @throws EvaluationInputError
 */
export function nearDuplicates(
  hashes: BigUint64Array,
  maximumDistance: number,
  { limit = 1_000_000 }: { limit?: number } = {},
): NearDuplicates {
  if (!Number.isInteger(maximumDistance) || maximumDistance < 0 || maximumDistance > FURTHEST) {
    throw new EvaluationInputError('maximumDistance', `is ${maximumDistance}, expected 0 to ${FURTHEST} bits`);
  }
  const members = groupEqual(hashes);
  const unique = Uint32Array.from(members, (group) => group[0]!);
  const words = { low: new Uint32Array(unique.length), high: new Uint32Array(unique.length) };
  unique.forEach((index, at) => {
    words.low[at] = Number(hashes[index]! & 0xffff_ffffn);
    words.high[at] = Number(hashes[index]! >> 32n);
  });
  const pairs: NearPair[] = [];
  let truncated = false;
  if (maximumDistance > 0) {
    truncated = !forEachNearPair(words, maximumDistance, (a, b, distance) => {
      if (pairs.length === limit) return false;
      const [x, y] = [unique[a]!, unique[b]!];
      pairs.push({ first: Math.min(x, y), second: Math.max(x, y), distance });
      return true;
    });
  }
  pairs.sort((a, b) => a.first - b.first || a.second - b.second);
  return { groups: members.filter((group) => group.length > 1), pairs, truncated };
}

/** Indices of each distinct hash, in the order of their first ones. */
function groupEqual(hashes: BigUint64Array): number[][] {
  const groups = new Map<bigint, number[]>();
  hashes.forEach((hash, i) => {
    const group = groups.get(hash);
    if (group) group.push(i);
    else groups.set(hash, [i]);
  });
  return [...groups.values()];
}

interface Words {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
}

/** Calls `found` for each pair once, until it returns false. @returns whether it never did */
function forEachNearPair(
  words: Words,
  maximum: number,
  found: (a: number, b: number, distance: number) => boolean,
): boolean {
  const parts = partsOf(words, Math.max(FEWEST_PARTS, maximum + 1));
  for (const [p, { values, size }] of parts.entries()) {
    const { starts, order } = bucketsOf(values, size);
    for (let bucket = 0; bucket < size; bucket++) {
      for (let i = starts[bucket]!; i < starts[bucket + 1]!; i++) {
        const a = order[i]!;
        const [low, high] = [words.low[a]!, words.high[a]!];
        for (let j = i + 1; j < starts[bucket + 1]!; j++) {
          const b = order[j]!;
          const distance = ones(low ^ words.low[b]!) + ones(high ^ words.high[b]!);
          if (distance > maximum) continue;
          // A pair with several equal parts is told by the first of them.
          if (parts.slice(0, p).some((earlier) => earlier.values[a] === earlier.values[b])) continue;
          if (!found(a, b, distance)) return false;
        }
      }
    }
  }
  return true;
}

/** The hashes' bits cut into `count` parts of nearly equal length; `size` is how many values a part can have. */
function partsOf({ low, high }: Words, count: number): { values: Uint16Array; size: number }[] {
  return Array.from({ length: count }, (_, p) => {
    const from = Math.floor((p * BITS) / count);
    const size = 2 ** (Math.floor(((p + 1) * BITS) / count) - from);
    const values = Uint16Array.from(low, (word, i) => {
      if (from >= 32) return (high[i]! >>> (from - 32)) & (size - 1);
      const above = from === 0 ? 0 : high[i]! << (32 - from);
      return ((word >>> from) | above) & (size - 1);
    });
    return { values, size };
  });
}

/** Counting sort: positions ordered by value, and where each value begins. */
function bucketsOf(values: Uint16Array, size: number): { starts: Uint32Array; order: Uint32Array } {
  const starts = new Uint32Array(size + 1);
  for (const value of values) starts[value + 1]!++;
  for (let value = 0; value < size; value++) starts[value + 1]! += starts[value]!;
  const next = starts.slice();
  const order = new Uint32Array(values.length);
  values.forEach((value, i) => (order[next[value]!++] = i));
  return { starts, order };
}
