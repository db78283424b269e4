import type { ModelSpec, Problem, RestorationStep } from '@samplewise/domain';
import type { Pixels } from '../images/decode.ts';
import type { ModelTraits } from '../models/model.ts';

/** What a model process and its inference thread say to each other. Tensors are handed over, not copied. */
export type InferenceRequest =
  | { kind: 'load'; model: ModelSpec; steps: RestorationStep[]; files: Record<string, string>; threads: number }
  | { kind: 'infer'; tensor: Float32Array<ArrayBuffer>; images: number }
  /** @property images all of one size, at most the step's batch */
  | { kind: 'restore'; step: number; images: Pixels[] };

export interface Loaded {
  traits: ModelTraits;
  /** Images that each restoration step takes at a time. */
  stepBatches: number[];
}

/** The answer to a request; seconds are those of the work itself, without the wait for its turn. */
export type InferenceAnswer =
  | { kind: 'alive' }
  | { kind: 'done'; seconds: number; value: Loaded | Float32Array | Pixels[] }
  | { kind: 'refused'; problems: Problem[] }
  | { kind: 'exhausted'; message: string }
  | { kind: 'broken'; message: string };
