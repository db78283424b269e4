import { BIN_DAYS } from '@samplewise/domain';
import { inTransaction, type Database } from '@samplewise/database';

/** Projects of one round. */
const AT_ONCE = 100;

/** What a project has, in the order in which it can go. Whatever hangs on these goes with them. */
const OF_PROJECT = [
  'DELETE FROM leaderboard WHERE project_id = $1',
  'DELETE FROM saved_view WHERE project_id = $1',
  'DELETE FROM experiment WHERE project_id = $1',
  'DELETE FROM model_config WHERE project_id = $1',
  'DELETE FROM restoration_config WHERE project_id = $1',
  'DELETE FROM dataset_import WHERE project_id = $1',
  `DELETE FROM sample WHERE version_id IN
     (SELECT v.id FROM dataset_version v JOIN dataset d ON d.id = v.dataset_id WHERE d.project_id = $1)`,
  'DELETE FROM dataset_version WHERE dataset_id IN (SELECT id FROM dataset WHERE project_id = $1)',
  'DELETE FROM dataset WHERE project_id = $1',
  'DELETE FROM project WHERE id = $1',
];

/** The runs of a project that goes go as those that were deleted themselves. */
export async function markRunsOfProjects({ pool }: Pick<Database, 'pool'>): Promise<void> {
  await pool.query(
    `UPDATE run SET deleted_at = project.deleted_at FROM project
      WHERE project.id = run.project_id AND project.deleted_at < now() - make_interval(days => $1)
        AND run.deleted_at IS DISTINCT FROM project.deleted_at`,
    [BIN_DAYS],
  );
}

/**
 * Deletes projects that have been in the bin for too long; one that still has runs waits for the next round.
 * @returns how many
 */
export async function emptyBinOfProjects({ pool }: Pick<Database, 'pool'>): Promise<number> {
  for (let gone = 0; ; gone++) {
    const found = await inTransaction(pool, async (client) => {
      const { rows } = await client.query<{ id: bigint }>(
        `SELECT id FROM project WHERE deleted_at < now() - make_interval(days => $1)
            AND NOT EXISTS (SELECT 1 FROM run WHERE run.project_id = project.id)
          ORDER BY deleted_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
        [BIN_DAYS],
      );
      const id = rows[0]?.id;
      if (id === undefined) return false;
      for (const statement of OF_PROJECT) await client.query(statement, [id]);
      return true;
    });
    if (!found || gone === AT_ONCE) return gone;
  }
}
