import { describe, expect, it } from 'vitest';
import type { Pixels } from '../src/images/decode.ts';
import { toGrey } from '../src/images/tensor.ts';
import { restorationQuality } from '../src/restoration/quality.ts';
import { openRestorer, restore } from './support/networks.ts';

const grey = (width: number, height: number, value: (x: number, y: number) => number): Pixels => ({
  data: Uint8Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width))),
  width,
  height,
  channels: 1,
});
const coloured = (image: Pixels): Pixels => ({
  ...image,
  data: Uint8Array.from(
    { length: image.data.length * 3 },
    (_, i) => (image.data[Math.floor(i / 3)]! * (3 - (i % 3))) / 3,
  ),
  channels: 3,
});

async function apply(step: object, image: Pixels): Promise<Pixels> {
  const restorer = await openRestorer(step);
  const [restored] = await restore(restorer, image);
  const { width, height } = restorer.sizeAfter(image);
  expect(restored!.pixels).toMatchObject({ width, height, channels: image.channels });
  return restored!.pixels;
}

/** A slope with single white pixels, as a broken sensor has them. */
const speckled = grey(48, 48, (x, y) => (x % 7 === 3 && y % 7 === 3 ? 255 : 60 + x));
const edge = grey(48, 48, (x) => (x < 24 ? 80 : 160));
const dull = grey(48, 48, (x, y) => 100 + ((x + y) % 20));

describe.each([
  ['grey', (image: Pixels) => image],
  ['coloured', coloured],
])('of a %s picture', (_what, of) => {
  const qualityOf = async (step: object, image: Pixels) => restorationQuality(of(image), await apply(step, of(image)));

  it('a median takes single pixels out, which a Gaussian only spreads', async () => {
    const median = await apply({ kind: 'denoise', method: 'median' }, of(speckled));
    const gaussian = await apply({ kind: 'denoise', method: 'gaussian' }, of(speckled));
    const brightest = (image: Pixels) => Math.max(...toGrey(image).data);
    expect(brightest(median)).toBeLessThanOrEqual(brightest(of(grey(48, 48, (x) => 60 + x))));
    expect(brightest(gaussian)).toBeGreaterThan(brightest(median));
    expect((await qualityOf({ kind: 'denoise', method: 'median' }, speckled)).after.noise).toBeLessThan(1);
  });

  it('local equalisation raises the contrast, the more the steeper it may be, and takes any window', async () => {
    const contrast = async (maxSlope: number) =>
      (await qualityOf({ kind: 'clahe', width: 16, height: 16, maxSlope }, dull)).after.contrast;
    expect(await contrast(2)).toBeGreaterThan((await qualityOf({ kind: 'gamma', gamma: 1 }, dull)).after.contrast);
    expect(await contrast(8)).toBeGreaterThan(await contrast(2));
    await apply({ kind: 'clahe', width: 4096, height: 1 }, of(dull));
  });

  it('an unsharp mask makes an edge sharper, by as much as it is told', async () => {
    const sharpness = async (jagged: number) => {
      const { before, after } = await qualityOf({ kind: 'unsharp', jagged }, edge);
      return after.sharpness! / before.sharpness!;
    };
    expect(await sharpness(2)).toBeGreaterThan(1);
    expect(await sharpness(6)).toBeGreaterThan(await sharpness(2));
    const { psnr } = await qualityOf({ kind: 'unsharp', flat: 0, jagged: 0 }, edge);
    expect(psnr ?? Infinity).toBeGreaterThan(50);
  });

  it('a gamma above 1 brightens, below it darkens, and leaves black and white', async () => {
    const brightness = async (gamma: number) => (await qualityOf({ kind: 'gamma', gamma }, dull)).after.brightness;
    expect(await brightness(2)).toBeGreaterThan(await brightness(1));
    expect(await brightness(0.5)).toBeLessThan(await brightness(1));
    const ends = await apply(
      { kind: 'gamma', gamma: 2.2 },
      grey(2, 1, (x) => x * 255),
    );
    expect([...ends.data]).toEqual([0, 255]);
  });

  it('a stretch uses all of the range', async () => {
    const lightness = toGrey(await apply({ kind: 'normalise' }, of(dull))).data;
    expect(Math.max(...lightness) - Math.min(...lightness)).toBeGreaterThan(150);
  });

  it('another size is reached by every kernel, as width and height or as a factor', async () => {
    for (const kernel of ['nearest', 'linear', 'cubic', 'mitchell', 'lanczos2', 'lanczos3']) {
      expect(await apply({ kind: 'resize', width: 31, height: 77, kernel }, of(dull))).toMatchObject({
        width: 31,
        height: 77,
      });
    }
    expect(await apply({ kind: 'resize', factor: 1 / 16 }, of(grey(5, 40, () => 9)))).toMatchObject({
      width: 1,
      height: 3,
    });
    expect(await apply({ kind: 'resize', factor: 1.5 }, of(edge))).toMatchObject({ width: 72, height: 72 });
  });

  it('the tiniest picture goes through every step', async () => {
    for (const step of [
      { kind: 'denoise', method: 'median', size: 15 },
      { kind: 'denoise', method: 'gaussian', sigma: 10 },
      { kind: 'clahe', width: 8, height: 8 },
      { kind: 'unsharp', sigma: 10 },
      { kind: 'gamma', gamma: 0.1 },
      { kind: 'normalise' },
      { kind: 'resize', factor: 8 },
    ]) {
      await apply(step, of(grey(1, 1, () => 77)));
    }
  });
});

describe('the figures of a restoration', () => {
  it('are of both pictures at the size of the smaller', async () => {
    const larger = await apply({ kind: 'resize', factor: 2, kernel: 'nearest' }, dull);
    const { psnr, ssim, before, after } = restorationQuality(dull, larger);
    expect(psnr).toBeNull();
    expect(ssim).toBeCloseTo(1, 9);
    expect(after).toEqual(before);
  });

  it('of a picture that is as large as pictures may be take no longer than those of one that is not', () => {
    const large = grey(4096, 1024, (x, y) => (x * y) % 256);
    const { before } = restorationQuality(large, large);
    expect(before.brightness).toBeCloseTo(large.data.reduce((sum, v) => sum + v, 0) / large.data.length, 0);
  });

  it('are null where a picture is too small to have them', () => {
    const pixel = grey(1, 1, () => 7);
    expect(restorationQuality(pixel, pixel)).toEqual({
      psnr: null,
      ssim: null,
      before: { brightness: 7, contrast: 0, sharpness: null, noise: null },
      after: { brightness: 7, contrast: 0, sharpness: null, noise: null },
    });
  });
});
