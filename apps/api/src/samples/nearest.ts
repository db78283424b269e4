import { IMAGE_STATE, type Database } from '@samplewise/database';
import { BLANK_CONTRAST, nearestHashes } from '@samplewise/evaluation';
import type { SampleKey } from './load-samples.ts';
import { versionSamples } from './version-samples.ts';

export interface NearSample extends SampleKey {
  /** Bits by which the perceptual hashes differ; null for the same bytes. */
  distance: number | null;
}

/** Beyond that pictures have nothing to do with each other. */
export const FURTHEST = 16;

/**
 * The samples of the same version, in any split, whose images are the same or look most alike, the nearest first. An
 * image that shows nothing, or can not be read, has only its exact duplicates.
 */
export async function nearestSamples(
  database: Pick<Database, 'pool'>,
  { versionId, index }: SampleKey,
  { maximumDistance, limit }: { maximumDistance: number; limit: number },
): Promise<NearSample[]> {
  const { same, state, contrast, hash } = await versionSamples(database, versionId);
  const isComparable = (i: number): boolean => state[i] === IMAGE_STATE.MEASURED && !(contrast[i]! < BLANK_CONTRAST);
  const first = same[index];
  const exact: NearSample[] = [];
  for (let i = 0; i < same.length && exact.length < limit; i++) {
    if (same[i] === first && i !== index) exact.push({ versionId, index: i, distance: null });
  }
  if (!isComparable(index) || exact.length === limit) return exact;
  const near = nearestHashes(hash, hash[index]!, {
    maximumDistance,
    limit: limit - exact.length,
    among: (i) => same[i] !== first && isComparable(i),
  });
  return [...exact, ...near.map((one) => ({ versionId, ...one }))];
}
