import { BIN_DAYS } from '@samplewise/domain';
import { inTransaction, type Database } from '@samplewise/database';
import type { Storage } from '@samplewise/storage';
import type { Logger } from 'pino';
import { collectBlobs, expireUploads } from './collect-blobs.ts';
import { emptyBinOfProjects, markRunsOfProjects } from './empty-bin-of-projects.ts';
import { expireFeatures } from '../training/expire-features.ts';
import { expireTrials } from '../trials/expire-trials.ts';

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
      await client.query('DELETE FROM prediction_text WHERE run_id = $1', [id]);
      await client.query('DELETE FROM metric_point WHERE run_id = $1', [id]);
      await client.query('DELETE FROM log_line WHERE run_id = $1', [id]);
      await client.query('DELETE FROM run WHERE id = $1', [id]);
      return true;
    });
    if (!found || gone === AT_ONCE) return gone;
  }
}

/** Deletes files that have been in the bin for too long. @returns how many */
async function emptyBinOfArtifacts({ pool }: Pick<Database, 'pool'>): Promise<number> {
  const { rowCount } = await pool.query('DELETE FROM artifact WHERE deleted_at < now() - make_interval(days => $1)', [
    BIN_DAYS,
  ]);
  return rowCount ?? 0;
}

/** Removes the predictions of submissions that went with their leaderboard. @returns of how many */
async function removeAbandonedPredictions({ pool }: Pick<Database, 'pool'>): Promise<number> {
  for (let gone = 0; ; gone++) {
    const found = await inTransaction(pool, async (client) => {
      const { rows } = await client.query<{ run_id: bigint }>(
        `DELETE FROM abandoned_predictions WHERE run_id =
           (SELECT run_id FROM abandoned_predictions ORDER BY run_id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING run_id`,
      );
      const id = rows[0]?.run_id;
      if (id === undefined) return false;
      await client.query('DELETE FROM prediction WHERE run_id = $1', [id]);
      return true;
    });
    if (!found || gone === AT_ONCE) return gone;
  }
}

/**
 * Empties the bin now and every hour, and removes what nobody needs any more: uploads that have not ended, and then
 * blobs, which may have become free by all that.
 * @returns what stops it
 */
export function keepBinEmpty(services: { database: Database; storage: Storage }, log: Logger): () => void {
  const round = async (): Promise<void> => {
    // The runs of projects are marked, then all runs that are marked go, then the projects without runs.
    await markRunsOfProjects(services.database);
    const gone = {
      runs: await emptyBin(services.database),
      projects: await emptyBinOfProjects(services.database),
      artifacts: await emptyBinOfArtifacts(services.database),
      submissions: await removeAbandonedPredictions(services.database),
      trials: await expireTrials(services.database),
      features: await expireFeatures(services.database),
      uploads: await expireUploads(services),
      blobs: await collectBlobs(services),
    };
    if (Object.values(gone).some((count) => count > 0)) log.info(gone, 'the bin was emptied');
  };
  let working = false;
  const begin = (): void => {
    if (working) return;
    working = true;
    round()
      .catch((error: unknown) => {
        log.warn({ error: (error as Error).message }, 'the bin could not be emptied; the next try is in an hour');
      })
      .finally(() => (working = false));
  };
  begin();
  const timer = setInterval(begin, HOUR);
  return () => {
    clearInterval(timer);
  };
}
