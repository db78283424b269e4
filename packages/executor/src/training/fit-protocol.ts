import type { Problem } from '@samplewise/domain';
import type { CurvePoint, SoftmaxRegression, SoftmaxRegressionOptions } from '@samplewise/evaluation';
import type { Cost } from '../model-process/protocol.ts';

/** What the process that fits a head is given. */
export interface FitRequest {
  /** Of features, in their order, with the samples in each. */
  files: { file: string; samples: number }[];
  /** Class of each sample. */
  labels: Int32Array;
  /** 1 for each sample that belongs to the split for validation; null where there is none. */
  validation: Uint8Array | null;
  /** Of each class, to be held out; null: none. */
  share: number | null;
  seed: number;
  options: Pick<
    SoftmaxRegressionOptions & object,
    'classes' | 'l2' | 'classWeights' | 'standardise' | 'maxIterations' | 'patience'
  >;
}

export interface Fitted extends Omit<SoftmaxRegression, 'weights' | 'bias'> {
  /** Row-major, classes x width. */
  weights: Float32Array;
  bias: Float32Array;
  width: number;
  /** Samples that were learned from, and by which it was judged. */
  learned: number;
  judged: number;
}

export type FitMessage =
  | { kind: 'alive' }
  | { kind: 'point'; point: CurvePoint }
  | { kind: 'fitted'; fitted: Fitted }
  | { kind: 'refused'; problem: Problem }
  | { kind: 'broken'; message: string };

/** What leaves the process. */
export type FitAnswer = Exclude<FitMessage, { kind: 'fitted' }> | { kind: 'fitted'; fitted: Fitted; cost: Cost };
