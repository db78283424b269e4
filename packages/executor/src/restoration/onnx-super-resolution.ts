import { InvalidInput, problem, type RestorationStep } from '@samplewise/domain';
import { Tensor } from 'onnxruntime-node';
import type { Pixels } from '../images/decode.ts';
import { describeShape, findPort, openGraph } from '../models/session.ts';
import type { Restorer } from './restorer.ts';

/** value = byte / scale - offset */
const RANGES = {
  '-1..1': { scale: 127.5, offset: 1 },
  '0..1': { scale: 255, offset: 0 },
  '0..255': { scale: 1, offset: 0 },
} as const;

/**
 * A network that enlarges RGB images; grey ones are repeated into three channels. The output is clamped and rounded to
 * 8 bits, as whoever reads the stored picture sees it.
 */
export async function loadOnnxSuperResolution(step: RestorationStep, file: string, threads: number): Promise<Restorer> {
  const graph = await openGraph(file, 'steps.weights', threads);
  const input = findPort(graph.inputs, undefined, 'MODEL_INPUT_MISMATCH', 'steps');
  const output = findPort(graph.outputs, undefined, 'MODEL_OUTPUT_MISMATCH', 'steps');
  const { scale, offset } = RANGES[step.range];
  return {
    batch: step.batch,
    async restore(images) {
      const { width, height } = images[0]!;
      const results = await graph.session.run({
        [input.name]: new Tensor('float32', toTensor(images, scale, offset), [images.length, 3, height, width]),
      });
      const result = results[output.name]!;
      const wanted = [images.length, 3, height * step.factor, width * step.factor];
      if (result.type !== 'float32' || describeShape(result.dims) !== describeShape(wanted)) {
        throw new InvalidInput(
          problem(
            'MODEL_OUTPUT_MISMATCH',
            `The restorer gives ${result.type} ${describeShape(result.dims)} for images of ${width} x ${height}.`,
            {
              place: 'steps.factor',
              value: step.factor,
              mend: `With factor ${step.factor} it must give float32 ${describeShape(wanted)}.`,
            },
          ),
        );
      }
      return fromTensor(
        result.data as Float32Array,
        images.length,
        width * step.factor,
        height * step.factor,
        scale,
        offset,
      );
    },
  };
}

function toTensor(images: readonly Pixels[], scale: number, offset: number): Float32Array {
  const { width, height } = images[0]!;
  const area = width * height;
  const tensor = new Float32Array(images.length * 3 * area);
  images.forEach(({ data, channels }, n) => {
    for (let c = 0; c < 3; c++) {
      const start = (n * 3 + c) * area;
      const source = channels === 1 ? 0 : c;
      for (let i = 0; i < area; i++) tensor[start + i] = data[i * channels + source]! / scale - offset;
    }
  });
  return tensor;
}

function fromTensor(
  tensor: Float32Array,
  count: number,
  width: number,
  height: number,
  scale: number,
  offset: number,
): Pixels[] {
  const area = width * height;
  return Array.from({ length: count }, (_, n) => {
    // A clamped array clamps and rounds to the nearest (ties to even) by itself, and makes 0 of NaN.
    const data = new Uint8ClampedArray(area * 3);
    for (let c = 0; c < 3; c++) {
      const start = (n * 3 + c) * area;
      for (let i = 0; i < area; i++) data[i * 3 + c] = (tensor[start + i]! + offset) * scale;
    }
    return { data: new Uint8Array(data.buffer), width, height, channels: 3 };
  });
}
