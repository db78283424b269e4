import type { DuplicateKind } from '@samplewise/database';
import { SPLITS, type Split } from '@samplewise/domain';
import type { DatasetAudit } from '@samplewise/evaluation';

/** Samples that are the same picture, or look like it. */
export interface Group {
  kind: DuplicateKind;
  /** Bits by which the hashes differ. */
  distance: number;
  /** Ascending. */
  indices: readonly number[];
}

/** All groups of an audit, the surest first, and at most so many near pairs. */
export function groupsOf(audit: DatasetAudit, mostPairs: number): Group[] {
  const near = audit.near.toSorted((a, b) => a.distance - b.distance || a.first - b.first || a.second - b.second);
  return [
    ...audit.exact.map(({ indices }): Group => ({ kind: 'EXACT', distance: 0, indices })),
    ...audit.alike.map(({ indices }): Group => ({ kind: 'ALIKE', distance: 0, indices })),
    ...near
      .slice(0, mostPairs)
      .map(({ first, second, distance }): Group => ({ kind: 'NEAR', distance, indices: [first, second] })),
  ];
}

interface Columns {
  /** Positions in the labels, and in SPLITS. */
  truth: Int16Array;
  split: Int16Array;
}

export const splitsOf = ({ indices }: Group, { split }: Columns): Split[] =>
  SPLITS.filter((_, position) => indices.some((i) => split[i] === position));

export const labelsOf = ({ indices }: Group, { truth }: Columns): number[] =>
  [...new Set(indices.map((i) => truth[i]!))].sort((a, b) => a - b);
