import { inputSpec } from '@samplewise/domain';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decode } from '../src/images/decode.ts';
import { decodeFitted } from '../src/images/direct.ts';
import { sizeOf, writeTensor } from '../src/images/tensor.ts';

/** A picture without any regularity that a faulty path could hide behind. */
function picture(width: number, height: number, channels: 1 | 3) {
  const data = Uint8Array.from({ length: width * height * channels }, (_, i) => (i * i * 31 + i * 17) % 251);
  return sharp(data, { raw: { width, height, channels } }).toColourspace(channels === 1 ? 'b-w' : 'srgb');
}

const spec = (width: number, height: number, more: object = {}) => inputSpec.parse({ width, height, ...more });

async function tensorOf(pixels: Awaited<ReturnType<typeof decode>>, input: ReturnType<typeof spec>): Promise<number[]> {
  const tensor = new Float32Array(sizeOf(input));
  await writeTensor(pixels, input, tensor, 0);
  return [...tensor];
}

describe('a JPEG that is decoded and fitted at once', () => {
  it.each([
    ['grey, larger', 48, 48, 1, spec(64, 64, { colour: 'GRAY' })],
    ['grey for a colour model', 48, 48, 1, spec(224, 224)],
    ['of its size', 64, 64, 3, spec(64, 64)],
    ['in colour, larger', 60, 40, 3, spec(112, 112, { resize: 'lanczos3' })],
    ['in colour, smaller', 100, 90, 3, spec(64, 50, { resize: 'linear' })],
  ] as const)('%s, gives the pixels of the two steps', async (_name, width, height, channels, input) => {
    const bytes = await picture(width, height, channels).jpeg({ quality: 92 }).toBuffer();
    const direct = await decodeFitted(bytes, input);
    expect(direct).toBeDefined();
    expect(await tensorOf(direct!, input)).toEqual(await tensorOf(await decode(bytes), input));
  });

  it.each([
    ['libvips would shrink while decoding', picture(200, 100, 3).jpeg(), spec(64, 64)],
    ['must be made grey', picture(40, 40, 3).jpeg(), spec(64, 64, { colour: 'GRAY' })],
    ['is turned', picture(40, 40, 3).jpeg().withMetadata({ orientation: 6 }), spec(64, 64)],
    ['has a colour profile', picture(40, 40, 3).jpeg().withIccProfile('p3'), spec(64, 64)],
    ['is no JPEG', picture(40, 40, 3).png(), spec(64, 64)],
  ])('is left to the two steps when it %s', async (_name, image, input) => {
    expect(await decodeFitted(await image.toBuffer(), input)).toBeUndefined();
  });

  it('is refused when it is cut off', async () => {
    const whole = await picture(48, 48, 3).jpeg().toBuffer();
    await expect(decodeFitted(whole.subarray(0, whole.length - 60), spec(64, 64))).rejects.toThrow();
  });
});
