import type { Problem } from '@samplewise/domain';
import type { Pixels } from '../images/decode.ts';
import type { Budget } from '../models/allowance.ts';
import type { EndpointAccess } from '../models/endpoint/openai-model.ts';
import type { Answer, ModelTraits } from '../models/model.ts';
import type { Runnable } from '../models/runnable.ts';
import type { Ports } from '../models/session.ts';
import type { NetworkOutput } from '../restoration/network.ts';

/** A network of a restoration step, to be opened. */
export interface NetworkFile {
  digest: string;
  file: string;
  /** The config's field, for error messages. */
  place: string;
}

/** What a model process and its inference thread say to each other. Tensors are handed over, not copied. */
export type InferenceRequest =
  | ({ kind: 'load' } & ToLoad)
  | { kind: 'infer'; tensor: Float32Array<ArrayBuffer>; images: number }
  /** @property network its digest */
  | {
      kind: 'run';
      network: string;
      input: string;
      tensor: Float32Array<ArrayBuffer>;
      dims: readonly number[];
      outputs: readonly string[];
    }
  /** @property pictures at most the model's batch */
  | { kind: 'answer'; pictures: Pixels[]; budget: Budget };

/** What is loaded. */
export interface ToLoad {
  /** None: only the restoration's networks are. */
  model: Runnable | null;
  /** Where the blob of each digest is. */
  files: Record<string, string>;
  networks: NetworkFile[];
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
  /** Of each network, by its digest. */
  networks: Record<string, Ports>;
}

/** The answer to a request; seconds are those of the work itself, without the wait for its turn. */
export type InferenceAnswer =
  | { kind: 'alive' }
  /** @property until when the work ended, as an `instant` */
  | { kind: 'done'; seconds: number; until: number; value: Loaded | Float32Array | NetworkOutput[] | Answered }
  | { kind: 'refused'; problems: Problem[] }
  | { kind: 'exhausted'; message: string }
  | { kind: 'broken'; message: string };
