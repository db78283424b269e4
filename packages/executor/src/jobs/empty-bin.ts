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
      await client.query('DELETE FROM prediction_text WHERE run_id = $1', [id]);
      await client.query('DELETE FROM metric_point WHERE run_id = $1', [id]);
      await client.query('DELETE FROM run WHERE id = $1', [id]);
      return true;
    });
    if (!found || gone === AT_ONCE) return gone;
  }
}

/** Empties the bin now and every hour. @returns what stops it */
export function keepBinEmpty(database: Pick<Database, 'pool'>, log: Logger): () => void {
  const round = (): void => {
    emptyBin(database).then(
      (gone) => {
        if (gone > 0) log.info({ runs: gone }, 'the bin was emptied');
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
