import { TRIAL_HOURS } from '@samplewise/domain';
import { inTransaction, type Database } from '@samplewise/database';

/** Of one round. */
const AT_ONCE = 1000;

/**
 * Forgets trials, and what restoration made of their pictures alone: the cache keeps what samples need. Their blobs are
 * collected later. A picture that becomes a sample at this very moment is restored anew.
 * @returns how many
 */
export async function expireTrials({ pool }: Pick<Database, 'pool'>): Promise<number> {
  for (let gone = 0; ;) {
    const expired = await inTransaction(pool, async (client) => {
      const { rows } = await client.query<{ image_digest: string }>(
        `DELETE FROM trial WHERE id IN (
           SELECT id FROM trial WHERE created_at < now() - make_interval(hours => $1)
            ORDER BY created_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)
         RETURNING image_digest`,
        [TRIAL_HOURS],
      );
      await client.query(
        `WITH RECURSIVE made (input_digest) AS (
           SELECT digest FROM unnest($1::char(64)[]) AS image (digest)
            WHERE NOT EXISTS (SELECT 1 FROM trial WHERE image_digest = digest)
              AND NOT EXISTS (SELECT 1 FROM sample WHERE sample.digest = image.digest)
           UNION
           SELECT r.output_digest FROM restored_image r JOIN made USING (input_digest)
            WHERE NOT EXISTS (SELECT 1 FROM sample WHERE sample.digest = r.output_digest)
         )
         DELETE FROM restored_image WHERE input_digest IN (SELECT input_digest FROM made)`,
        [[...new Set(rows.map((row) => row.image_digest))]],
      );
      return rows.length;
    });
    gone += expired;
    if (expired < AT_ONCE) return gone;
  }
}
