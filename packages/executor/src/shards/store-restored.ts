import { digestOfJson } from '@samplewise/domain';
import type { Database } from '@samplewise/database';
import type { Storage } from '@samplewise/storage';
import pLimit from 'p-limit';
import type { RestoredImage } from '../model-process/protocol.ts';
import type { Shard } from './load-shard.ts';

/** Each holds a file open. */
const WRITES_AT_ONCE = 16;

/** Stores what the restoration steps made, as blobs and as cache entries; to do it twice is harmless. */
export async function storeRestored(
  { database, storage }: { database: Database; storage: Storage },
  shard: Shard,
  restored: readonly RestoredImage[],
): Promise<void> {
  if (restored.length === 0) return;
  const writes = pLimit(WRITES_AT_ONCE);
  const stored = await Promise.all(
    restored.map((r) => writes(async () => ({ ...r, ...(await storage.write(r.png)) }))),
  );
  // The input of a step is the output of the step before: made now, or found in the cache, or the sample itself.
  const made = new Map(stored.map((r) => [`${r.image}/${r.step}`, r.digest]));
  // Executors that restore the same pictures insert the same keys: sorted, they wait for each other, never in a circle.
  stored.sort((a, b) => compare(a.digest, b.digest));
  const stepDigests = shard.steps.map((step) => digestOfJson(step));
  const entries = stored.map((r) => {
    const sample = shard.samples[r.image]!;
    const before =
      r.step === 0 ? sample.digest : (made.get(`${r.image}/${r.step - 1}`) ?? sample.restored[r.step - 1]!);
    return { inputDigest: before, stepDigest: stepDigests[r.step]!, outputDigest: r.digest, ...columnsOf(r) };
  });
  entries.sort((a, b) => compare(a.inputDigest, b.inputDigest));
  await database.prisma.blob.createMany({
    data: stored.map((r) => ({ digest: r.digest, size: BigInt(r.size), mediaType: 'image/png' })),
    skipDuplicates: true,
  });
  await database.prisma.restoredImage.createMany({ data: entries, skipDuplicates: true });
}

function columnsOf({ quality: { psnr, ssim, before, after }, faces }: RestoredImage) {
  return {
    psnr,
    ssim,
    brightnessBefore: before.brightness,
    brightness: after.brightness,
    contrastBefore: before.contrast,
    contrast: after.contrast,
    sharpnessBefore: before.sharpness,
    sharpness: after.sharpness,
    noiseBefore: before.noise,
    noise: after.noise,
    faces,
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
