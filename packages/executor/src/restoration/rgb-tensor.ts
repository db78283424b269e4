import { InvalidInput, problem } from '@samplewise/domain';
import type { Pixels, Size } from '../images/decode.ts';

/** Range of a network's values: value = byte / scale - offset. */
export interface ValueRange {
  readonly scale: number;
  readonly offset: number;
}

export const RANGES = {
  '-1..1': { scale: 127.5, offset: 1 },
  '0..1': { scale: 255, offset: 0 },
  '0..255': { scale: 1, offset: 0 },
} as const satisfies Record<string, ValueRange>;

/**
 * Pictures of one size as [taken, 3, height, width]; grey ones are repeated into three channels.
 * @param taken pictures that the tensor holds, those beyond `images` being zero
 */
export function toRgbTensor(
  images: readonly Pixels[],
  taken: number,
  { scale, offset }: ValueRange,
): Float32Array<ArrayBuffer> {
  const { width, height } = images[0]!;
  const area = width * height;
  const tensor = new Float32Array(taken * 3 * area);
  const table = Float32Array.from({ length: 256 }, (_, byte) => byte / scale - offset);
  images.forEach(({ data, channels }, n) => {
    for (let c = 0; c < 3; c++) {
      const start = (n * 3 + c) * area;
      const source = channels === 1 ? 0 : c;
      for (let i = 0; i < area; i++) tensor[start + i] = table[data[i * channels + source]!]!;
    }
  });
  return tensor;
}

/**
 * A picture of a tensor [N, 3, height, width], clamped and rounded to 8 bits, as whoever reads the stored picture sees it.
 * @param n position of the picture in the batch
 * @param place the step, for error messages
 * @throws InvalidInput (MODEL_OUTPUT_MISMATCH) for a value that is no number
 */
export function fromRgbTensor(
  tensor: Float32Array,
  n: number,
  { width, height }: Size,
  { scale, offset }: ValueRange,
  place: string,
): Pixels {
  const area = width * height;
  // A clamped array clamps and rounds to the nearest (ties to even) by itself.
  const data = new Uint8ClampedArray(area * 3);
  for (let c = 0; c < 3; c++) {
    const start = (n * 3 + c) * area;
    for (let i = 0; i < area; i++) {
      const value = tensor[start + i]!;
      if (!Number.isFinite(value)) throw notANumber(value, place);
      data[i * 3 + c] = (value + offset) * scale;
    }
  }
  return { data: new Uint8Array(data.buffer), width, height, channels: 3 };
}

function notANumber(value: number, place: string): InvalidInput {
  return new InvalidInput(
    problem('MODEL_OUTPUT_MISMATCH', `The restorer gives ${value} as the value of a pixel.`, {
      place: `${place}.weights`,
      mend: "Check the weights, and the step's range where it has one.",
    }),
  );
}
