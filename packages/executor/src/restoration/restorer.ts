import type { RestorationStep } from '@samplewise/domain';
import type { Pixels, Size } from '../images/decode.ts';
import type { PhaseClock } from '../model-process/phase-clock.ts';
import { classicalRestorer } from './classical.ts';
import { gfpganFacesRestorer } from './gfpgan-faces.ts';
import { gfpganWholeRestorer } from './gfpgan-whole.ts';
import type { NetworkOf } from './network.ts';
import { superResolutionRestorer } from './onnx-super-resolution.ts';

/** What a step made of a picture. */
export interface Restored {
  pixels: Pixels;
  /** Faces that it found and restored; absent where it does not look for any. */
  faces?: number;
}

/**
 * A restoration step in the main thread of a model process; networks run in the inference thread. A new kind is one new
 * file and a line here.
 */
export interface Restorer {
  /** The size of what it makes of a picture of this size. */
  sizeAfter(size: Size): Size;
  /**
   * @param images of any sizes; the result has their order
   * @param clock gets the seconds at work
   */
  restore(images: readonly Pixels[], clock: PhaseClock): Promise<Restored[]>;
}

/**
 * @param place of the step in its config, for error messages
 * @throws InvalidInput when the step and its networks do not fit
 */
export function restorerOf(step: RestorationStep, networkOf: NetworkOf, place: string): Restorer {
  switch (step.kind) {
    case 'onnx-super-resolution':
      return superResolutionRestorer(step, networkOf(step.weights.digest), place);
    case 'gfpgan':
      return step.mode === 'whole'
        ? gfpganWholeRestorer(step, networkOf(step.weights.digest), place)
        : gfpganFacesRestorer(step, networkOf, place);
    case 'denoise':
    case 'clahe':
    case 'resize':
    case 'unsharp':
    case 'gamma':
    case 'normalise':
      return classicalRestorer(step);
  }
}
