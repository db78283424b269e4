import { inTransaction, storeImageFacts, type FactsOfImage } from '@samplewise/database';
import { BlobMissing } from '@samplewise/storage';
import { factsOf } from '../images/facts.ts';
import { decodeGrey } from '../images/grey.ts';
import { forEachBounded } from '../for-each-bounded.ts';
import { IMAGES_AT_WORK, type ImportDependencies } from '../import-dataset.ts';

/** Images of one transaction: so many are measured again at most after a crash. */
const AT_ONCE = 500;

/**
 * Measures a version's images that have not been measured yet: those that were imported before images were. Whoever
 * does it again goes on where it was left. One that can't be decoded is stored as such; one whose bytes are not in the
 * storage is left out, since they may come back.
 * @returns how many were measured, and how many are missing
 */
export async function measureImages(
  { database, storage }: Pick<ImportDependencies, 'database' | 'storage'>,
  versionId: bigint,
): Promise<{ measured: number; missing: number }> {
  const done = { measured: 0, missing: 0 };
  for (let after = -1; ;) {
    const { rows } = await database.pool.query<{ index: number; digest: string }>(
      `SELECT s.index, s.digest FROM sample s
        WHERE s.version_id = $1 AND s.index > $2 AND NOT EXISTS (SELECT 1 FROM image_facts f WHERE f.digest = s.digest)
        ORDER BY s.index LIMIT ${AT_ONCE}`,
      [versionId, after],
    );
    if (rows.length === 0) return done;
    after = rows.at(-1)!.index;
    const images: FactsOfImage[] = [];
    await forEachBounded(of(new Set(rows.map(({ digest }) => digest))), IMAGES_AT_WORK, async (digest) => {
      const image = await measure(storage, digest);
      if (image) images.push(image);
      else done.missing++;
    });
    await inTransaction(database.pool, (client) => storeImageFacts(client, images));
    done.measured += images.length;
  }
}

async function measure(storage: ImportDependencies['storage'], digest: string): Promise<FactsOfImage | undefined> {
  const bytes = await storage.read(digest).catch((error: unknown) => {
    if (error instanceof BlobMissing) return undefined;
    throw error;
  });
  if (!bytes) return undefined;
  const pixels = await decodeGrey(bytes).catch(() => undefined);
  return { digest, facts: pixels ? factsOf(pixels) : null };
}

async function* of<T>(items: Iterable<T>): AsyncGenerator<T> {
  await Promise.resolve();
  yield* items;
}
