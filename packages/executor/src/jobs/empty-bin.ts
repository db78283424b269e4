import { BIN_DAYS } from '@samplewise/domain';
import { inTransaction, type Database } from '@samplewise/database';
import type { Logger } from 'pino';

const HOUR = 3600 * 1000;
/** Runs of one round, so that a full bin does not keep others waiting. */
const AT_ONCE = 100;

/**
 * Deletes runs that have been in the bin for too long, with all that was logged to them. Two executors that do it at
 * once do not meet: each takes rows that the other has not locked.
 * @returns how many
 */
async function emptyBin({ pool }: Pick<Database, 'pool'>): Promise<number> {
  for (let gone = 0; ; gone++) {
    const found = await inTransaction(pool, async (client) => {
      const { rows } = await client.query<{ id: bigint }>(
        `SELECT id FROM run WHERE deleted_at < now() - make_interval(days => $1)
          ORDER BY deleted_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
        [BIN_DAYS],
      );
      const id = rows[0]?.id;
      if (id === undefined) return false;
      // The big tables have no foreign keys.
      await client.query('DELETE FROM prediction WHERE run_id = $1', [id]);
      await client.query('DELETE FROM metric_point WHERE run_id = $1', [id]);
      await client.query('DELETE FROM run WHERE id = $1', [id]);
      return true;
    });
    if (!found || gone === AT_ONCE) return gone;
  }
}

/** What a project has, in the order in which it can go. Whatever hangs on these goes with them. */
const OF_PROJECT = [
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
async function markRunsOfProjects({ pool }: Pick<Database, 'pool'>): Promise<void> {
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
async function emptyBinOfProjects({ pool }: Pick<Database, 'pool'>): Promise<number> {
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

/** First the projects' runs are marked, then all runs that are marked go, then the projects without runs. */
async function emptyAll(database: Pick<Database, 'pool'>): Promise<{ runs: number; projects: number }> {
  await markRunsOfProjects(database);
  const runs = await emptyBin(database);
  return { runs, projects: await emptyBinOfProjects(database) };
}

/** Empties the bin now and every hour. @returns what stops it */
export function keepBinEmpty(database: Pick<Database, 'pool'>, log: Logger): () => void {
  const round = (): void => {
    emptyAll(database).then(
      ({ runs, projects }) => {
        if (runs + projects > 0) log.info({ runs, projects }, 'the bin was emptied');
      },
      (error: unknown) => {
        log.warn({ error: (error as Error).message }, 'the bin could not be emptied; the next try is in an hour');
      },
    );
  };
  round();
  const timer = setInterval(round, HOUR);
  return () => {
    clearInterval(timer);
  };
}
