import { BlobMissing, type Storage } from '@samplewise/storage';
import type { Digest } from '@samplewise/domain';
import type { ImageToPredict } from '../model-process/protocol.ts';
import type { ShardSample, StoredPicture } from './load-shard.ts';

/** Bytes of encoded images that are held, and sent to the model process, at once. */
const WINDOW_BYTES = 64 * 1024 * 1024;
const READS_AT_ONCE = 16;

/**
 * Reads each sample's picture at the last restoration step that the cache holds, in parts of about 64 MB: all of a
 * shard's small images, or some of its large ones.
 */
export async function* imageWindows(
  storage: Storage,
  samples: readonly ShardSample[],
): AsyncGenerator<ImageToPredict[], undefined> {
  let window: ImageToPredict[] = [];
  let bytes = 0;
  for (let start = 0; start < samples.length; start += READS_AT_ONCE) {
    const images = await Promise.all(samples.slice(start, start + READS_AT_ONCE).map((s) => readImage(storage, s)));
    window.push(...images);
    bytes += images.reduce((sum, image) => sum + (image.bytes?.byteLength ?? 0), 0);
    if (bytes < WINDOW_BYTES) continue;
    yield window;
    window = [];
    bytes = 0;
  }
  if (window.length > 0) yield window;
}

/** At the last step that the cache holds; without bytes when it is lost. */
export async function readImage(storage: Storage, sample: StoredPicture): Promise<ImageToPredict> {
  // A picture that the cache names but the storage has lost is made anew from the one before.
  for (let stepsDone = sample.restored.length; stepsDone >= 0; stepsDone--) {
    const bytes = await readIfPresent(storage, sample.restored[stepsDone - 1] ?? sample.digest);
    if (bytes) return { bytes, stepsDone };
  }
  return { bytes: null, stepsDone: 0 };
}

async function readIfPresent(storage: Storage, digest: Digest): Promise<Buffer | undefined> {
  try {
    return await storage.read(digest);
  } catch (error) {
    if (error instanceof BlobMissing) return undefined;
    throw error;
  }
}
