import type { Database } from '@samplewise/database';

/** After a training has ended, others may still use its features for so long. */
const KEPT_DAYS = 7;

/** Forgets features of trainings that have ended; their blobs are collected later. @returns of how many shards */
export async function expireFeatures({ pool }: Pick<Database, 'pool'>): Promise<number> {
  const { rowCount } = await pool.query(
    `DELETE FROM training_features f USING run r
      WHERE r.id = f.run_id AND r.finished_at < now() - make_interval(days => $1)`,
    [KEPT_DAYS],
  );
  return rowCount ?? 0;
}
