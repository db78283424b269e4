import type { Database, Split } from '@samplewise/database';
import { stepDigests } from '../runs/restored-image.ts';

/** Samples that are looked at: of larger versions some, evenly spread, stand for all. */
const PROBED = 1000;

export interface SamplesToCome {
  versionId: bigint;
  /** Samples of the version, whatever their split. */
  size: number;
  split: Split | null;
}

/** How many of the samples are there already as all steps of a restoration leave them: counted, or by those probed. */
export async function cachedSamples(
  { pool }: Pick<Database, 'pool'>,
  { versionId, size, split }: SamplesToCome,
  steps: unknown,
  samples: number,
): Promise<number> {
  const digests = stepDigests(steps);
  if (digests.length === 0) return 0;
  const joins = digests.map(
    (_, i) =>
      `LEFT JOIN restored_image r${i} ON r${i}.step_digest = $${i + 5} AND r${i}.input_digest = ${i === 0 ? 's.digest' : `r${i - 1}.output_digest`}`,
  );
  const { rows } = await pool.query<{ probed: number; cached: number }>(
    `SELECT count(*)::int AS probed, count(r${digests.length - 1}.output_digest)::int AS cached
       FROM generate_series(0, $2::int - 1, $3::int) AS i
       JOIN sample s ON s.version_id = $1 AND s.index = i AND ($4::"Split" IS NULL OR s.split = $4::"Split")
       ${joins.join(' ')}`,
    [versionId, size, Math.max(1, Math.ceil(size / PROBED)), split, ...digests],
  );
  const { probed, cached } = rows[0]!;
  return probed === 0 ? 0 : Math.round((samples * cached) / probed);
}
