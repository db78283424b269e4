import type { Problem, RestorationStep } from '@samplewise/domain';
import type { Budget } from '../models/allowance.ts';
import type { Answer } from '../models/model.ts';
import type { RestorationQuality } from '../restoration/quality.ts';
import type { ToLoad } from './inference-protocol.ts';

/** What the executor and its model process say to each other; sent by Node's IPC with structured clones. */
export interface LoadRequest extends Omit<ToLoad, 'networks'> {
  kind: 'load';
  steps: RestorationStep[];
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
  /** What may be spent on a language model. */
  budget: Budget;
}

/**
 * Requests are numbered, and answered in their order. A second one may be sent while the first is worked on: its first
 * batch is prepared meanwhile, so that the model does not wait. `abort` gives up the one of that number.
 */
export type Request = { id: number } & (
  | LoadRequest
  | PredictRequest
  | { kind: 'abort' }
  /** So many bytes of its restored pictures are held by the executor no more, so that others may be sent. */
  | { kind: 'stored'; bytes: number }
);

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
  /** Row-major, images x columns, one for each of the model's labels or features; empty where it answers in words. */
  scores: Float32Array;
  columns: number;
  /** Where the model was computed. */
  device: string;
  /** Of a language model, for each image; null where the image could not be looked at. */
  answers: (Answer | null)[] | null;
  /** Some images were not asked about for want of budget. */
  exceeded: boolean;
  /** Reason for each image without a prediction; null where there is one. */
  failures: (string | null)[];
  latencyMicros: Int32Array;
  costs: { PREPROCESSING: Cost; INFERENCE: Cost };
}

/** What becomes of a request. */
export type Outcome =
  | { kind: 'loaded' }
  | Predicted
  | { kind: 'aborted' }
  | { kind: 'refused'; problems: Problem[] }
  /** The runtime ran out of memory, and said so. */
  | { kind: 'exhausted'; message: string }
  | { kind: 'broken'; message: string };

export type Response =
  | ({ id: number } & Outcome)
  /** The first comes with 0 done, when it is the request's turn. */
  | { id: number; kind: 'progress'; done: number }
  /** Pictures that restoration made, while the prediction goes on. All steps of an image come together. */
  | { id: number; kind: 'restored'; images: RestoredImage[] }
  /** A sign of life from long work. */
  | { kind: 'alive' }
  /** Resident memory of the process at present. It comes by itself, and is no sign of progress. */
  | { kind: 'memory'; bytes: number };

export const bytesOf = (images: readonly RestoredImage[]): number =>
  images.reduce((sum, { png }) => sum + png.byteLength, 0);
