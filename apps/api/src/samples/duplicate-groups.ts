import type { Database, DuplicateKind, Split } from '@samplewise/database';
import { batched } from '../batched.ts';

export interface DuplicateGroupRow {
  versionId: bigint;
  position: number;
  kind: DuplicateKind;
  distance: number;
  /** All of its samples. */
  size: number;
  /** Indices of the first of them. */
  shown: number[];
  splits: Split[];
  /** Positions in the version's labels. */
  labels: number[];
}

export interface GroupFilter {
  kinds?: readonly DuplicateKind[] | undefined;
  /** Only those whose samples stand in several splits, or only those within one. */
  acrossSplits?: boolean | undefined;
  /** Only those whose samples have several labels, or only those of one. */
  conflicting?: boolean | undefined;
}

/** Samples of a group that are shown; thousands may be one blank picture. */
export const SHOWN = 24;

interface Page {
  after?: bigint | undefined;
  before?: bigint | undefined;
  limit: number;
  inverted: boolean;
}

const FITTING = `version_id = $1 AND ($2::"DuplicateKind"[] IS NULL OR kind = ANY($2))
        AND ($3::boolean IS NULL OR (cardinality(splits) > 1) = $3)
        AND ($4::boolean IS NULL OR (cardinality(labels) > 1) = $4)`;

/** A page of the groups that a version's audit has found, the surest first. */
export async function duplicateGroups(
  { pool }: Pick<Database, 'pool'>,
  versionId: bigint,
  { kinds, acrossSplits, conflicting }: GroupFilter,
  { after, before, limit, inverted }: Page,
): Promise<DuplicateGroupRow[]> {
  const { rows } = await pool.query<Omit<DuplicateGroupRow, 'versionId' | 'splits'> & { splits: Split[] }>(
    `SELECT position, kind, distance, cardinality(indices) AS size, indices[1:${SHOWN}] AS shown,
            splits::text[] AS splits, labels
       FROM duplicate_group
      WHERE ${FITTING} AND ($5::bigint IS NULL OR position > $5) AND ($6::bigint IS NULL OR position < $6)
      ORDER BY position ${inverted ? 'DESC' : 'ASC'} LIMIT $7`,
    [versionId, kinds, acrossSplits, conflicting, after, before, limit],
  );
  return rows.map((row) => ({ versionId, ...row }));
}

export async function countGroups(
  { pool }: Pick<Database, 'pool'>,
  versionId: bigint,
  { kinds, acrossSplits, conflicting }: GroupFilter,
): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM duplicate_group WHERE ${FITTING}`,
    [versionId, kinds, acrossSplits, conflicting],
  );
  return rows[0]!.count;
}

export interface LeakCount {
  from: Split;
  to: Split;
  samples: number;
  exact: number;
}

/** How many samples of a split have a duplicate in an earlier one, for each two splits where there are any. */
export const leakCounts = batched<bigint, LeakCount[]>(async ({ database }, versionIds) => {
  const { rows } = await database.pool.query<LeakCount & { version_id: bigint }>(
    `SELECT version_id, from_split AS "from", split AS "to", count(*)::int AS samples,
            count(*) FILTER (WHERE distance IS NULL)::int AS exact
       FROM sample_leak WHERE version_id = ANY($1::int8[]) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    [versionIds],
  );
  return versionIds.map((id) => rows.filter((row) => row.version_id === id));
});

/** How many samples of a version have a duplicate in any earlier split. */
export const leakedSamples = batched<bigint, number>(async ({ database }, versionIds) => {
  const { rows } = await database.pool.query<{ version_id: bigint; samples: number }>(
    `SELECT version_id, count(DISTINCT index)::int AS samples FROM sample_leak
      WHERE version_id = ANY($1::int8[]) GROUP BY version_id`,
    [versionIds],
  );
  return versionIds.map((id) => rows.find((row) => row.version_id === id)?.samples ?? 0);
});
