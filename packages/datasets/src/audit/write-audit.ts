import { copyRows, IMAGE_STATE, type VersionColumns } from '@samplewise/database';
import type { DatasetAudit } from '@samplewise/evaluation';
import type pg from 'pg';
import { groupsOf, labelsOf, splitsOf, type Group } from './groups.ts';

/** Near pairs that are stored; of more the farther ones are left out, and it says so. */
const MOST_PAIRS = 20_000;
const ROWS_AT_ONCE = 2000;

/** Puts an audit in the place of the one that is there. @param client in a transaction */
export async function writeAudit(
  client: pg.ClientBase,
  versionId: bigint,
  codeVersion: string,
  audit: DatasetAudit,
  columns: VersionColumns,
): Promise<void> {
  for (const table of ['dataset_audit', 'duplicate_group', 'sample_leak']) {
    await client.query(`DELETE FROM ${table} WHERE version_id = $1`, [versionId]);
  }
  await client.query(
    `INSERT INTO dataset_audit (version_id, code_version, maximum_distance, exact_groups, alike_groups, near_pairs,
                                truncated, conflicts, blank, unreadable, balance)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      versionId,
      codeVersion,
      audit.maximumDistance,
      audit.exact.length,
      audit.alike.length,
      audit.near.length,
      audit.truncated || audit.near.length > MOST_PAIRS,
      audit.conflicts.exact.length + audit.conflicts.alike.length + audit.conflicts.near.length,
      audit.blank.length,
      columns.state.reduce((sum, state) => sum + Number(state === IMAGE_STATE.UNREADABLE), 0),
      JSON.stringify(audit.balance),
    ],
  );
  await writeGroups(client, versionId, groupsOf(audit, MOST_PAIRS), columns);
  await writeLeaks(client, versionId, audit);
}

async function writeGroups(
  client: pg.ClientBase,
  versionId: bigint,
  groups: readonly Group[],
  columns: VersionColumns,
): Promise<void> {
  for (let from = 0; from < groups.length; from += ROWS_AT_ONCE) {
    const some = groups.slice(from, from + ROWS_AT_ONCE);
    // Lists within a list: Postgres unfolds them whole, so each is sent as a text.
    await client.query(
      `INSERT INTO duplicate_group (version_id, position, kind, distance, indices, splits, labels)
       SELECT $1, position, kind::"DuplicateKind", distance, indices::int[], splits::"Split"[], labels::smallint[]
         FROM unnest($2::int[], $3::text[], $4::smallint[], $5::text[], $6::text[], $7::text[])
           AS t (position, kind, distance, indices, splits, labels)`,
      [
        versionId,
        some.map((_, i) => from + i),
        some.map(({ kind }) => kind),
        some.map(({ distance }) => distance),
        some.map(({ indices }) => array(indices)),
        some.map((group) => array(splitsOf(group, columns))),
        some.map((group) => array(labelsOf(group, columns))),
      ],
    );
  }
}

const array = (values: readonly (number | string)[]): string => `{${values.join(',')}}`;

async function writeLeaks(client: pg.ClientBase, versionId: bigint, { leaks }: DatasetAudit): Promise<void> {
  const rows = leaks.flatMap(({ from, to, samples }) => samples.map((sample) => ({ from, to, ...sample })));
  const target = 'sample_leak (version_id, index, from_split, split, duplicate_of, distance)';
  await copyRows(client, target, rows, (out, { from, to, index, duplicateOf, distance }) => {
    out.begin(6);
    out.int8(versionId);
    out.int4(index);
    out.text(from);
    out.text(to);
    out.int4(duplicateOf);
    if (distance === null) out.null();
    else out.int2(distance);
  });
}
