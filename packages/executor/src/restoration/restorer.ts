import type { RestorationStep } from '@samplewise/domain';
import type { Pixels } from '../images/decode.ts';
import { loadOnnxSuperResolution } from './onnx-super-resolution.ts';

/** A restoration step, loaded. A new kind is one new file. */
export interface Restorer {
  /** Images that a call takes at most. */
  readonly batch: number;
  /** @param images all of one size, at most `batch`; the result has their order */
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
