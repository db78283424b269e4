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
  /** Row-major, images x the model's labels; empty where the model answers in words. */
  scores: Float32Array;
  /** Of a language model, for each image; null where the image could not be looked at. */
  answers: (Answer | null)[] | null;
  /** Some images were not asked about for want of budget. */
  exceeded: boolean;
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
