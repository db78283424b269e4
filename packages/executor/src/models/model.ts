import type { InputSpec } from '@samplewise/domain';
import type { Pixels } from '../images/decode.ts';
import type { Allowance } from './allowance.ts';

interface CommonTraits {
  /** Images that a call takes at most. */
  readonly batch: number;
  /** Where it is computed: an execution provider, or `server`. */
  readonly device: string;
}

/** What the preparation of images must know of a model that takes tensors. */
export interface TensorTraits extends CommonTraits {
  readonly takes: 'tensors';
  readonly gives: 'probabilities' | 'features';
  /** Numbers that it gives of an image: one for each label, or each feature. */
  readonly columns: number;
  readonly input: InputSpec;
  /** The tensor of a call always holds `batch` images, the rest being zero. */
  readonly fixedBatch: boolean;
}

/** Of a model that sees the pictures as they are, and answers in words. */
export interface PictureTraits extends CommonTraits {
  readonly takes: 'pictures';
}

/** There is no model: pictures are only restored. */
export interface NoModelTraits {
  readonly takes: 'nothing';
}

export type ModelTraits = TensorTraits | PictureTraits | NoModelTraits;

/** A network: a batch of image tensors in, class probabilities or features out. */
export interface TensorModel extends TensorTraits {
  /**
   * @param tensor images as `writeTensor` lays them out
   * @param images how many of them count
   * @returns row-major, images x columns; may hold what the model gave, NaN included
   */
  infer(tensor: Float32Array, images: number): Promise<Float32Array>;
}

/** A language model: a batch of pictures in, what it says of each out. */
export interface PictureModel extends PictureTraits {
  /** @param allowance what may still be spent; answers beyond it say so as their failure */
  answer(pictures: readonly Pixels[], allowance: Allowance): Promise<Answer[]>;
}

/** A model, loaded. A new kind is one new file. */
export type Model = TensorModel | PictureModel;

/** What a language model says of one picture. */
export interface Answer {
  /** As it came, shortened; null where there was no answer. */
  text: string | null;
  /** Position in the model's labels; -1 where the text names none or several. */
  label: number;
  /** Probability of the words that name the label, where the model tells; NaN elsewhere. */
  confidence: number;
  /** null: not told. */
  promptTokens: number | null;
  completionTokens: number | null;
  /** Those that failed and were made again are counted too. */
  requests: number;
  seconds: number;
  /** Why there is no answer. */
  failure: string | null;
}

/** In place, row by row: exp(x - max) over its sum. */
export function softmaxRows(values: Float32Array, columns: number): Float32Array {
  for (let start = 0; start < values.length; start += columns) {
    let max = -Infinity;
    for (let i = start; i < start + columns; i++) max = Math.max(max, values[i]!);
    let sum = 0;
    for (let i = start; i < start + columns; i++) sum += values[i] = Math.exp(values[i]! - max);
    for (let i = start; i < start + columns; i++) values[i]! /= sum;
  }
  return values;
}
