import { ones } from './hamming.ts';

export interface NearHash {
  readonly index: number;
  /** Bits that differ. */
  readonly distance: number;
}

/**
 * The hashes that are nearest to one, the nearest first and in the order of their indices among equals; looks at all of
 * them, which takes some milliseconds for a million.
 * @param among whether a hash takes part; others are passed over
 */
export function nearestHashes(
  hashes: BigUint64Array,
  target: bigint,
  { maximumDistance, limit, among }: { maximumDistance: number; limit: number; among: (index: number) => boolean },
): NearHash[] {
  // Halves of the same memory: numbers are compared many times as fast as bigints.
  const words = new Uint32Array(hashes.buffer, hashes.byteOffset, hashes.length * 2);
  const [first, second] = new Uint32Array(BigUint64Array.of(target).buffer);
  const near: NearHash[][] = Array.from({ length: maximumDistance + 1 }, () => []);
  for (let i = 0; i < hashes.length; i++) {
    const distance = ones(words[2 * i]! ^ first!) + ones(words[2 * i + 1]! ^ second!);
    if (distance > maximumDistance || near[distance]!.length === limit || !among(i)) continue;
    near[distance]!.push({ index: i, distance });
  }
  return near.flat().slice(0, limit);
}
