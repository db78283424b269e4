import { InvalidInput, problem } from '@samplewise/domain';
import type { PhaseClock } from '../model-process/phase-clock.ts';
import { describeShape, differs, isStatic, type Dimension, type Port, type Ports } from '../models/session.ts';

/** One output of a network, copied out of the runtime. */
export interface NetworkOutput {
  type: string;
  dims: readonly number[];
  /** Empty when the type is not float32. */
  data: Float32Array<ArrayBuffer>;
}

/** A network of a step, as the main thread of a model process sees it; it runs in the inference thread. */
export interface Network extends Ports {
  /**
   * @param tensor float32; is handed over, and empty afterwards
   * @param clock gets the seconds of the work itself
   * @returns the outputs in the order of their names
   */
  run(
    input: string,
    tensor: Float32Array<ArrayBuffer>,
    dims: readonly number[],
    outputs: readonly string[],
    clock: PhaseClock,
  ): Promise<NetworkOutput[]>;
}

/** Where a step gets the network of a digest. */
export type NetworkOf = (digest: string) => Network;

/** Pictures that a graph's input takes in a call. */
export interface BatchOfInput {
  /** At most. */
  batch: number;
  /** It takes exactly so many, the rest being zero. */
  fixed: boolean;
}

export function batchOf({ shape }: Port, wanted: number): BatchOfInput {
  const [first] = shape;
  return isStatic(first) ? { batch: first, fixed: true } : { batch: wanted, fixed: false };
}

/**
 * @param wanted float32, of these dimensions; names stand for open ones
 * @param place the config's field, for error messages
 * @throws InvalidInput (MODEL_INPUT_MISMATCH)
 */
export function checkInput({ name, type, shape }: Port, wanted: readonly Dimension[], place: string): void {
  // An empty shape means that the graph does not tell.
  const fits = shape.length === 0 || (shape.length === wanted.length && !differs(shape, wanted));
  if (type === 'float32' && fits) return;
  throw new InvalidInput(
    problem(
      'MODEL_INPUT_MISMATCH',
      `The network's input '${name}' is ${type} ${describeShape(shape)}, which does not take such images.`,
      {
        place,
        value: `float32 ${describeShape(wanted)}`,
        mend: 'Export it for RGB images in NCHW, with such a height and width or with open ones.',
      },
    ),
  );
}

/**
 * @param wanted as in `checkInput`
 * @param mend what to do about it
 * @throws InvalidInput (MODEL_OUTPUT_MISMATCH)
 */
export function checkOutput(
  name: string,
  { type, dims }: Omit<NetworkOutput, 'data'>,
  wanted: readonly Dimension[],
  place: string,
  mend: string,
): void {
  if (type === 'float32' && dims.length === wanted.length && !differs(dims, wanted)) return;
  throw new InvalidInput(
    problem('MODEL_OUTPUT_MISMATCH', `The network's output '${name}' is ${type} ${describeShape(dims)}.`, {
      place,
      value: `float32 ${describeShape(wanted)}`,
      mend,
    }),
  );
}
