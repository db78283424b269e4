import type { ModelSpec, Problem, RestorationStep } from '@samplewise/domain';

/** What the executor and its model process say to each other; sent by Node's IPC with structured clones. */
export interface LoadRequest {
  kind: 'load';
  model: ModelSpec;
  steps: RestorationStep[];
  /** Where the blob of each digest is. */
  files: Record<string, string>;
  threads: number;
}

export interface ImageToPredict {
  /** An encoded picture; absent when its blob is lost. */
  bytes: Uint8Array | null;
  /** Restoration steps that this picture has been through already, being read from the cache. */
  stepsDone: number;
}

export interface PredictRequest {
  kind: 'predict';
  images: ImageToPredict[];
}

/**
 * Requests are numbered, and answered in their order. A second one may be sent while the first is worked on: its first
 * batch is prepared meanwhile, so that the model does not wait. `abort` gives up the one of that number.
 */
export type Request = { id: number } & (LoadRequest | PredictRequest | { kind: 'abort' });

/** Work of one phase. */
export interface Cost {
  wallSeconds: number;
  cpuSeconds: number;
  peakMemoryBytes: number;
}

export interface RestoredImage {
  /** Position in the request's images. */
  image: number;
  /** Position in the config's steps. */
  step: number;
  png: Uint8Array;
}

export interface Predicted {
  kind: 'predicted';
  /** Row-major, images x the model's labels. */
  scores: Float32Array;
  /** Reason for each image without a prediction; null where there is one. */
  failures: (string | null)[];
  latencyMicros: Int32Array;
  restored: RestoredImage[];
  costs: { PREPROCESSING: Cost; INFERENCE: Cost };
}

/** What becomes of a request. */
export type Answer =
  | { kind: 'loaded'; labels: readonly string[] }
  | Predicted
  | { kind: 'aborted' }
  | { kind: 'refused'; problems: Problem[] }
  /** The runtime ran out of memory, and said so. */
  | { kind: 'exhausted'; message: string }
  | { kind: 'broken'; message: string };

export type Response =
  | ({ id: number } & Answer)
  /** The first comes with 0 done, when it is the request's turn. */
  | { id: number; kind: 'progress'; done: number }
  /** A sign of life from long work. */
  | { kind: 'alive' }
  /** Resident memory of the process at present. It comes by itself, and is no sign of progress. */
  | { kind: 'memory'; bytes: number };
