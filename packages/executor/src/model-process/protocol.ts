import type { ModelSpec, Problem, RestorationStep } from '@samplewise/domain';
import type { RestorationQuality } from '../restoration/quality.ts';

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

export type Request =
  | LoadRequest
  | PredictRequest
  | { kind: 'abort' }
  /** So many bytes of restored pictures are held by the executor no more, so that others may be sent. */
  | { kind: 'stored'; bytes: number };

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
  quality: RestorationQuality;
  /** Faces that were found and restored; null where the step looks for none. */
  faces: number | null;
}

export interface Predicted {
  kind: 'predicted';
  /** Row-major, images x the model's labels. */
  scores: Float32Array;
  /** Reason for each image without a prediction; null where there is one. */
  failures: (string | null)[];
  latencyMicros: Int32Array;
  costs: { PREPROCESSING: Cost; INFERENCE: Cost };
}

export type Response =
  | { kind: 'loaded'; labels: readonly string[] }
  /** A sign of life from long work. */
  | { kind: 'alive' }
  | { kind: 'progress'; done: number }
  /** Pictures that restoration made, while the prediction goes on. All steps of an image come together. */
  | { kind: 'restored'; images: RestoredImage[] }
  | Predicted
  | { kind: 'aborted' }
  | { kind: 'refused'; problems: Problem[] }
  /** The runtime ran out of memory, and said so. */
  | { kind: 'exhausted'; message: string }
  | { kind: 'broken'; message: string };

export const bytesOf = (images: readonly RestoredImage[]): number =>
  images.reduce((sum, { png }) => sum + png.byteLength, 0);
