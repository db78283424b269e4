import { inputSpec } from '@samplewise/domain';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { decode, type Pixels } from '../src/images/decode.ts';
import { writePng } from '../src/images/png.ts';
import { sizeOf, writeTensor } from '../src/images/tensor.ts';

const twoPixels: Pixels = { data: Uint8Array.of(10, 20, 30, 40, 50, 60), width: 2, height: 1, channels: 3 };

async function tensorOf(pixels: Pixels, spec: object): Promise<number[]> {
  const parsed = inputSpec.parse({ width: pixels.width, height: pixels.height, scale: 1, ...spec });
  const tensor = new Float32Array(sizeOf(parsed));
  await writeTensor(pixels, parsed, tensor, 0);
  return [...tensor];
}

const png = (image: Sharp): Promise<Buffer> => image.png().toBuffer();
const grey = (value: number): Sharp =>
  sharp(Buffer.alloc(16, value), { raw: { width: 4, height: 4, channels: 1 } }).toColourspace('b-w');

describe('decoding', () => {
  it('keeps a grey picture grey', async () => {
    const pixels = await decode(await png(grey(77)));
    expect(pixels).toMatchObject({ width: 4, height: 4, channels: 1 });
    expect(pixels.data[0]).toBe(77);
  });

  it('makes 8 bits of 16 and drops transparency', async () => {
    const deep = sharp(Buffer.alloc(48, 77), { raw: { width: 4, height: 4, channels: 3 } }).toColourspace('rgb16');
    expect((await decode(await png(deep))).data[0]).toBe(77);
    const clear = sharp({ create: { width: 2, height: 2, channels: 4, background: { r: 9, g: 8, b: 7, alpha: 0 } } });
    expect([...(await decode(await png(clear))).data.slice(0, 3)]).toEqual([9, 8, 7]);
  });

  it('turns a picture upright as its EXIF says', async () => {
    const lying = sharp(Buffer.alloc(8 * 4 * 3), { raw: { width: 8, height: 4, channels: 3 } });
    const pixels = await decode(await lying.jpeg().withMetadata({ orientation: 6 }).toBuffer());
    expect([pixels.width, pixels.height]).toEqual([4, 8]);
  });

  it('refuses a truncated picture', async () => {
    const whole = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer();
    await expect(decode(whole.subarray(0, whole.length - 40))).rejects.toThrow();
  });

  it('is the inverse of the stored PNG', async () => {
    const data = Uint8Array.from({ length: 5 * 4 * 3 }, (_, i) => (i * 37) % 256);
    const pixels: Pixels = { data, width: 5, height: 4, channels: 3 };
    expect([...(await decode(await writePng(pixels))).data]).toEqual([...data]);
  });
});

describe('the input tensor', () => {
  it('has channels first or last, in RGB or BGR', async () => {
    expect(await tensorOf(twoPixels, { layout: 'NCHW' })).toEqual([10, 40, 20, 50, 30, 60]);
    expect(await tensorOf(twoPixels, { layout: 'NHWC' })).toEqual([10, 20, 30, 40, 50, 60]);
    expect(await tensorOf(twoPixels, { layout: 'NHWC', colour: 'BGR' })).toEqual([30, 20, 10, 60, 50, 40]);
  });

  it('is value / scale - mean, over std, for each channel', async () => {
    const values = await tensorOf(twoPixels, { layout: 'NHWC', scale: 10, mean: [1, 2, 3], std: [1, 2, 4] });
    expect(values).toEqual([0, 0, 0, 3, 1.5, 0.75]);
  });

  it("weighs colours to grey as PIL's L does", async () => {
    const green: Pixels = { data: Uint8Array.of(10, 200, 30), width: 1, height: 1, channels: 3 };
    expect(await tensorOf(green, { colour: 'GRAY' })).toEqual([124]);
  });

  it('repeats a grey picture for a model of colours', async () => {
    const pixel: Pixels = { data: Uint8Array.of(7), width: 1, height: 1, channels: 1 };
    expect(await tensorOf(pixel, {})).toEqual([7, 7, 7]);
  });

  it('is cut from the middle once the shorter side has its size, as torchvision does', async () => {
    // 6 x 4, each pixel its column; the shorter side stays, so that nothing is mixed.
    const columns: Pixels = {
      data: Uint8Array.from({ length: 24 }, (_, i) => i % 6),
      width: 6,
      height: 4,
      channels: 1,
    };
    const cut = { colour: 'GRAY', width: 2, height: 2, shortSide: 4 };
    expect(await tensorOf(columns, cut)).toEqual([2, 3, 2, 3]);
    // (6 - 3) / 2 = 1.5 becomes 2, (5 - 2) / 2 becomes 2 too: Python rounds ties to even.
    expect(await tensorOf(columns, { ...cut, width: 3 })).toEqual([2, 3, 4, 2, 3, 4]);
    const five: Pixels = { data: Uint8Array.from({ length: 20 }, (_, i) => i % 5), width: 5, height: 4, channels: 1 };
    expect(await tensorOf(five, cut)).toEqual([2, 3, 2, 3]);
    // 5 x 3 to a shorter side of 4: the longer is 6.67, so 6.
    const tall: Pixels = { data: new Uint8Array(15).fill(9), width: 3, height: 5, channels: 1 };
    expect(await tensorOf(tall, { ...cut, width: 4, height: 4 })).toEqual(new Array(16).fill(9));
  });

  it('is resized without cropping, and only where sizes differ', async () => {
    const stripes: Pixels = { data: Uint8Array.of(0, 255, 0, 255), width: 4, height: 1, channels: 1 };
    expect(await tensorOf(stripes, { colour: 'GRAY' })).toEqual([0, 255, 0, 255]);
    const halves: Pixels = { data: Uint8Array.of(0, 0, 200, 200), width: 4, height: 1, channels: 1 };
    expect(await tensorOf(halves, { colour: 'GRAY', width: 2, resize: 'nearest' })).toEqual([0, 200]);
  });
});
