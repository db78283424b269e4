import { digestOfJson } from '@samplewise/domain';
import type { Database } from '@samplewise/database';
import type { Storage } from '@samplewise/storage';
import type { RestoredImage } from '../model-process/protocol.ts';
import type { Shard } from './load-shard.ts';

/** Stores what the restoration steps made, as blobs and as cache entries; to do it twice is harmless. */
export async function storeRestored(
  { database, storage }: { database: Database; storage: Storage },
  shard: Shard,
  restored: readonly RestoredImage[],
): Promise<void> {
  if (restored.length === 0) return;
  const stored = await Promise.all(restored.map(async (r) => ({ ...r, ...(await storage.write(r.png)) })));
  // The input of a step is the output of the step before: made now, or found in the cache, or the sample itself.
  const made = new Map(stored.map((r) => [`${r.image}/${r.step}`, r.digest]));
  // Executors that restore the same pictures insert the same keys: sorted, they wait for each other, never in a circle.
  stored.sort((a, b) => compare(a.digest, b.digest));
  const entries = stored.map((r) => {
    const sample = shard.samples[r.image]!;
    const before =
      r.step === 0 ? sample.digest : (made.get(`${r.image}/${r.step - 1}`) ?? sample.restored[r.step - 1]!);
    return { inputDigest: before, stepDigest: digestOfJson(shard.steps[r.step]), outputDigest: r.digest };
  });
  entries.sort((a, b) => compare(a.inputDigest, b.inputDigest));
  await database.prisma.blob.createMany({
    data: stored.map((r) => ({ digest: r.digest, size: BigInt(r.size), mediaType: 'image/png' })),
    skipDuplicates: true,
  });
  await database.prisma.restoredImage.createMany({ data: entries, skipDuplicates: true });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
