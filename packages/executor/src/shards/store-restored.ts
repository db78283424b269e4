import { digestOfJson, type Digest } from '@samplewise/domain';
import type { Database } from '@samplewise/database';
import type { Storage } from '@samplewise/storage';
import pLimit from 'p-limit';
import type { RestoredImage } from '../model-process/protocol.ts';
import type { Shard, StoredPicture } from './load-shard.ts';

/** Each holds a file open. */
const WRITES_AT_ONCE = 16;

type Stored = RestoredImage & { digest: Digest; size: number };
interface Entry extends Stored {
  /** What the step was given: the output of the step before, or the sample itself. */
  input: Digest;
}

/** Stores what the restoration steps made, as blobs and as cache entries; to do it twice is harmless. */
export async function storeRestored(
  { database, storage }: { database: Database; storage: Storage },
  shard: Pick<Shard, 'steps'> & { samples: readonly StoredPicture[] },
  restored: readonly RestoredImage[],
): Promise<void> {
  if (restored.length === 0) return;
  const writes = pLimit(WRITES_AT_ONCE);
  const stored = await Promise.all(
    restored.map((r) => writes(async (): Promise<Stored> => ({ ...r, ...(await storage.write(r.png)) }))),
  );
  // The output of the step before was made now, or found in the cache.
  const made = new Map(stored.map((r) => [`${r.image}/${r.step}`, r.digest]));
  const entries = stored.map((r): Entry => {
    const sample = shard.samples[r.image]!;
    const before = made.get(`${r.image}/${r.step - 1}`) ?? sample.restored[r.step - 1];
    return { ...r, input: r.step === 0 ? sample.digest : before! };
  });
  await insert(database, shard, entries);
}

/**
 * One statement for each table, however many pictures. Executors that restore the same ones insert the same keys: sorted,
 * they wait for each other, never in a circle.
 */
async function insert({ pool }: Database, { steps }: Pick<Shard, 'steps'>, entries: Entry[]): Promise<void> {
  entries.sort((a, b) => compare(a.digest, b.digest));
  await pool.query(
    `INSERT INTO blob (digest, size, media_type)
     SELECT DISTINCT ON (digest) digest, size, 'image/png' FROM unnest($1::text[], $2::bigint[]) AS b (digest, size)
     ORDER BY digest ON CONFLICT DO NOTHING`,
    [entries.map((e) => e.digest), entries.map((e) => e.size)],
  );
  const stepDigests = steps.map((step) => digestOfJson(step));
  entries.sort((a, b) => compare(a.input, b.input));
  await pool.query(
    `INSERT INTO restored_image (input_digest, step_digest, output_digest, faces, psnr, ssim,
       brightness_before, brightness, contrast_before, contrast, sharpness_before, sharpness, noise_before, noise)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::smallint[], $5::real[], $6::real[], $7::real[],
       $8::real[], $9::real[], $10::real[], $11::real[], $12::real[], $13::real[], $14::real[])
     ON CONFLICT DO NOTHING`,
    [
      entries.map((e) => e.input),
      entries.map((e) => stepDigests[e.step]!),
      entries.map((e) => e.digest),
      entries.map((e) => e.faces),
      entries.map((e) => e.quality.psnr),
      entries.map((e) => e.quality.ssim),
      ...(['brightness', 'contrast', 'sharpness', 'noise'] as const).flatMap((figure) => [
        entries.map((e) => e.quality.before[figure]),
        entries.map((e) => e.quality.after[figure]),
      ]),
    ],
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
