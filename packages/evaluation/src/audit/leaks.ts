import type { DatasetColumns } from './dataset-columns.ts';
import type { NearPair } from './near-duplicates.ts';

/** A sample of one split that stands in another one too. */
export interface LeakedSample {
  readonly index: number;
  /** The first sample of the other split that is the same, or nearly so. */
  readonly duplicateOf: number;
  /** Bits by which their perceptual hashes differ; null for the same bytes. */
  readonly distance: number | null;
}

export interface Leak {
  /** The split that comes first, usually the one that models learn from. */
  readonly from: string;
  /** The split whose samples are listed. */
  readonly to: string;
  readonly samples: readonly LeakedSample[];
}

/**
 * Samples of a split of which a duplicate stands in an earlier split: each once, by its nearest duplicate.
 * @param exact groups of samples with the same bytes
 * @param alike groups of samples with the same perceptual hash
 * @param near pairs of first members of such groups, or of single samples
 */
export function findLeaks(
  { splits, split }: DatasetColumns,
  exact: readonly (readonly number[])[],
  alike: readonly (readonly number[])[],
  near: readonly NearPair[],
): Leak[] {
  const groups = new Map(alike.map((group) => [group[0]!, group]));
  const groupOf = (index: number): readonly number[] => groups.get(index) ?? [index];
  const nearest = new Map<string, LeakedSample>();
  const join = (here: readonly number[], there: readonly number[], distance: number | null): void => {
    const firstOf = new Map<number, number>();
    for (const index of there) if (!firstOf.has(split[index]!)) firstOf.set(split[index]!, index);
    for (const index of here) {
      for (const [from, duplicateOf] of firstOf) {
        const to = split[index]!;
        if (from >= to) continue;
        const key = `${from} ${to} ${index}`;
        const known = nearest.get(key);
        if (known && (known.distance ?? -1) <= (distance ?? -1)) continue;
        nearest.set(key, { index, duplicateOf, distance });
      }
    }
  };
  for (const group of exact) join(group, group, null);
  for (const group of alike) join(group, group, 0);
  for (const { first, second, distance } of near) {
    join(groupOf(first), groupOf(second), distance);
    join(groupOf(second), groupOf(first), distance);
  }
  return splits.flatMap((from, f) =>
    splits.slice(f + 1).flatMap((to, after): Leak[] => {
      const prefix = `${f} ${f + 1 + after} `;
      const samples = [...nearest].flatMap(([key, leaked]) => (key.startsWith(prefix) ? [leaked] : []));
      return samples.length === 0 ? [] : [{ from, to, samples: samples.sort((a, b) => a.index - b.index) }];
    }),
  );
}
