import type { InputSpec } from '@samplewise/domain';

/** What the preparation of images must know of a model. */
export interface ModelTraits {
  readonly labels: readonly string[];
  readonly input: InputSpec;
  /** Images that a call takes at most. */
  readonly batch: number;
  /** The tensor of a call always holds `batch` images, the rest being zero. */
  readonly fixedBatch: boolean;
}

/** A model, loaded: a batch of image tensors in, class probabilities out. A new kind is one new file. */
export interface Model extends ModelTraits {
  /**
   * @param tensor images as `writeTensor` lays them out
   * @param images how many of them count
   * @returns row-major, images x labels; may hold what the model gave, NaN included
   */
  infer(tensor: Float32Array, images: number): Promise<Float32Array>;
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
