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

export type Request = LoadRequest | PredictRequest | { kind: 'abort' };

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

export type Response =
  | { kind: 'loaded'; labels: readonly string[] }
  /** A sign of life from long work. */
  | { kind: 'alive' }
  /** Resident memory of the process at present. It comes by itself, and is no sign of progress. */
  | { kind: 'memory'; bytes: number }
  | { kind: 'progress'; done: number }
  | Predicted
  | { kind: 'aborted' }
  | { kind: 'refused'; problems: Problem[] }
  /** The runtime ran out of memory, and said so. */
  | { kind: 'exhausted'; message: string }
  | { kind: 'broken'; message: string };
