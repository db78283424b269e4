import { InvalidInput, problem, type RestorationStep } from '@samplewise/domain';
import { Tensor } from 'onnxruntime-node';
import type { Pixels } from '../images/decode.ts';
import { describeShape, differs, findInput, findOutput, isStatic, openGraph, runGraph } from '../models/session.ts';
import type { Restorer } from './restorer.ts';

/** value = byte / scale - offset */
const RANGES = {
  '-1..1': { scale: 127.5, offset: 1 },
  '0..1': { scale: 255, offset: 0 },
  '0..255': { scale: 1, offset: 0 },
} as const;
type Range = (typeof RANGES)[keyof typeof RANGES];

/**
 * A network that enlarges RGB images; grey ones are repeated into three channels. The output is clamped and rounded to
 * 8 bits, as whoever reads the stored picture sees it.
 */
export async function loadOnnxSuperResolution(step: RestorationStep, file: string, threads: number): Promise<Restorer> {
  const graph = await openGraph(file, 'steps.weights', threads);
  const input = findInput(graph, undefined, 'steps.weights');
  const output = findOutput(graph, undefined, 'steps.weights');
  const range = RANGES[step.range];
  const [first] = input.shape;
  const batch = isStatic(first) ? first : step.batch;
  return {
    batch,
    async restore(images) {
      const { width, height } = images[0]!;
      const taken = isStatic(first) ? batch : images.length;
      const dims = [taken, 3, height, width];
      if (
        input.type !== 'float32' ||
        (input.shape.length > 0 && input.shape.length !== 4) ||
        differs(input.shape, dims)
      ) {
        throw inputDiffers(`${input.type} ${describeShape(input.shape)}`, dims);
      }
      const result = await runGraph(
        graph,
        input.name,
        new Tensor('float32', toTensor(images, taken, range), dims),
        output.name,
      );
      const size = { width: width * step.factor, height: height * step.factor };
      const wanted = [taken, 3, size.height, size.width];
      if (result.type !== 'float32' || describeShape(result.dims) !== describeShape(wanted)) {
        throw outputDiffers(`${result.type} ${describeShape(result.dims)}`, wanted, images[0]!, step.factor);
      }
      return images.map((_, n) => fromTensor(result.data as Float32Array, n, size, range));
    },
  };
}

/** @param taken images that the tensor holds, those beyond `images` being zero */
function toTensor(images: readonly Pixels[], taken: number, { scale, offset }: Range): Float32Array {
  const { width, height } = images[0]!;
  const area = width * height;
  const tensor = new Float32Array(taken * 3 * area);
  images.forEach(({ data, channels }, n) => {
    for (let c = 0; c < 3; c++) {
      const start = (n * 3 + c) * area;
      const source = channels === 1 ? 0 : c;
      for (let i = 0; i < area; i++) tensor[start + i] = data[i * channels + source]! / scale - offset;
    }
  });
  return tensor;
}

/** @param n position of the picture in the batch */
function fromTensor(
  tensor: Float32Array,
  n: number,
  { width, height }: { width: number; height: number },
  { scale, offset }: Range,
): Pixels {
  const area = width * height;
  // A clamped array clamps and rounds to the nearest (ties to even) by itself.
  const data = new Uint8ClampedArray(area * 3);
  for (let c = 0; c < 3; c++) {
    const start = (n * 3 + c) * area;
    for (let i = 0; i < area; i++) {
      const value = tensor[start + i]!;
      if (!Number.isFinite(value)) throw notANumber(value);
      data[i * 3 + c] = (value + offset) * scale;
    }
  }
  return { data: new Uint8Array(data.buffer), width, height, channels: 3 };
}

function inputDiffers(has: string, wanted: readonly number[]): InvalidInput {
  return new InvalidInput(
    problem('MODEL_INPUT_MISMATCH', `The restorer's input is ${has}, which does not take images of this size.`, {
      place: 'steps.weights',
      value: `float32 ${describeShape(wanted)}`,
      mend: 'Export it with open height and width, for RGB images in NCHW.',
    }),
  );
}

function outputDiffers(
  gives: string,
  wanted: readonly number[],
  { width, height }: Pixels,
  factor: number,
): InvalidInput {
  return new InvalidInput(
    problem('MODEL_OUTPUT_MISMATCH', `The restorer gives ${gives} for images of ${width} x ${height}.`, {
      place: 'steps.factor',
      value: factor,
      mend: `With factor ${factor} it must give float32 ${describeShape(wanted)}.`,
    }),
  );
}

function notANumber(value: number): InvalidInput {
  return new InvalidInput(
    problem('MODEL_OUTPUT_MISMATCH', `The restorer gives ${value} as the value of a pixel.`, {
      place: 'steps.range',
      mend: "Check the step's range and the weights.",
    }),
  );
}
