import type { ModelSpec, Problem, RestorationStep } from '@samplewise/domain';
import type { Pixels } from '../images/decode.ts';
import type { Budget } from '../models/allowance.ts';
import type { EndpointAccess } from '../models/endpoint/openai-model.ts';
import type { Answer, ModelTraits } from '../models/model.ts';

/** What a model process and its inference thread say to each other. Tensors are handed over, not copied. */
export type InferenceRequest =
  | ({ kind: 'load' } & ToLoad)
  | { kind: 'infer'; tensor: Float32Array<ArrayBuffer>; images: number }
  /** @property images all of one size, at most the step's batch */
  | { kind: 'restore'; step: number; images: Pixels[] }
  /** @property pictures at most the model's batch */
  | { kind: 'answer'; pictures: Pixels[]; budget: Budget };

/** What is loaded. */
export interface ToLoad {
  model: ModelSpec;
  steps: RestorationStep[];
  /** Where the blob of each digest is. */
  files: Record<string, string>;
  threads: number;
  /** For models that a server runs. */
  endpoint: EndpointAccess;
}

export interface Answered {
  answers: Answer[];
  left: Budget;
  /** Some pictures were not asked about for want of budget. */
  exceeded: boolean;
}

export interface Loaded {
  traits: ModelTraits;
  /** Images that each restoration step takes at a time. */
  stepBatches: number[];
}

/** The answer to a request; seconds are those of the work itself, without the wait for its turn. */
export type InferenceAnswer =
  | { kind: 'alive' }
  | { kind: 'done'; seconds: number; value: Loaded | Float32Array | Pixels[] | Answered }
  | { kind: 'refused'; problems: Problem[] }
  | { kind: 'exhausted'; message: string }
  | { kind: 'broken'; message: string };
