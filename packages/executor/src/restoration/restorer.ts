import type { RestorationStep } from '@samplewise/domain';
import type { Pixels } from '../images/decode.ts';
import { loadOnnxSuperResolution } from './onnx-super-resolution.ts';

/** A restoration step, loaded. A new kind is one new file. */
export interface Restorer {
  /** Images that a call takes at most. */
  readonly batch: number;
  /** @param images all of one size; the result has their order */
  restore(images: readonly Pixels[]): Promise<Pixels[]>;
}

const LOADERS = { 'onnx-super-resolution': loadOnnxSuperResolution } as const;

/** Loads a step of any kind. @param fileOf where the blob of a digest is */
export function loadRestorer(
  step: RestorationStep,
  fileOf: (digest: string) => string,
  threads: number,
): Promise<Restorer> {
  return LOADERS[step.kind](step, fileOf(step.weights.digest), threads);
}

/** Restores images of mixed sizes, batch by batch of equal ones. */
export async function restoreAll(restorer: Restorer, images: readonly Pixels[]): Promise<Pixels[]> {
  const bySize = Map.groupBy(images.keys(), (i) => `${images[i]!.width}x${images[i]!.height}`);
  const restored = new Array<Pixels>(images.length);
  for (const indices of bySize.values()) {
    for (let start = 0; start < indices.length; start += restorer.batch) {
      const batch = indices.slice(start, start + restorer.batch);
      const results = await restorer.restore(batch.map((i) => images[i]!));
      batch.forEach((i, k) => (restored[i] = results[k]!));
    }
  }
  return restored;
}
