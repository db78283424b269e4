import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  EvaluationInputError,
  imageFigures,
  psnr,
  reduceImage,
  ssim,
  type Estimate,
  type GreyImage,
} from '../src/index.ts';
import { checksum, noise } from './support/cases.ts';

interface Case {
  seed: number;
  width: number;
  height: number;
  spread: number;
}
type Figure = 'psnr' | 'ssim' | 'brightness' | 'contrast' | 'sharpness' | 'noise';
type Golden = { case: Case; checksum: number } & Record<Figure, number | null>;

const golden = JSON.parse(readFileSync(path.join(import.meta.dirname, '../golden/images.json'), 'utf8')) as {
  images: Golden[];
};

/** The images of golden/images.py. */
function imagesOf({ seed, width, height, spread }: Case): [GreyImage, GreyImage] {
  const random = noise(seed, 1);
  const reference = new Uint8Array(width * height);
  const image = new Uint8ClampedArray(width * height);
  for (let i = 0; i < reference.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    reference[i] = ((x * x * seed + y * 7 + x * y) >> 3) & 255;
    image[i] = reference[i]! + (random(i) % (2 * spread + 1)) - spread;
  }
  return [
    { data: reference, width, height },
    { data: new Uint8Array(image.buffer), width, height },
  ];
}

function differs({ value }: Estimate, theirs: number | null): boolean {
  if (value === null || theirs === null) return value !== theirs;
  return Math.abs(value - theirs) > 1e-9 * Math.max(1, Math.abs(theirs));
}

const image = (width: number, height: number, value: (i: number) => number): GreyImage => ({
  data: Uint8Array.from({ length: width * height }, (_, i) => value(i)),
  width,
  height,
});

describe('figures of images', () => {
  test('agree with scikit-image and SciPy', () => {
    const wrong = golden.images.flatMap((entry) => {
      const [reference, other] = imagesOf(entry.case);
      expect(checksum(reference.data, other.data)).toBe(entry.checksum);
      const ours = { psnr: psnr(reference, other), ssim: ssim(reference, other), ...imageFigures(other) };
      return (Object.keys(ours) as Figure[])
        .filter((figure) => differs(ours[figure], entry[figure]))
        .map((figure) => ({ ...entry.case, figure, ours: ours[figure], theirs: entry[figure] }));
    });
    expect(wrong).toEqual([]);
    expect(golden.images).toHaveLength(72);
  });

  const sized = fc.tuple(fc.integer({ min: 11, max: 20 }), fc.integer({ min: 11, max: 20 }), fc.integer({ min: 1 }));

  test('an image is like itself, as like another as that one is like it, and never more than 1', () => {
    fc.assert(
      fc.property(sized, ([width, height, seed]) => {
        const [a, b] = [1, 2].map((stream) => image(width, height, (i) => noise(seed, stream)(i) % 256));
        expect(ssim(a!, a!)).toMatchObject({ value: expect.closeTo(1, 9) as number });
        expect(psnr(a!, a!)).toEqual({ value: null, reason: 'the images are equal' });
        expect(ssim(a!, b!).value).toBeCloseTo(ssim(b!, a!).value!, 12);
        expect(ssim(a!, b!).value).toBeLessThan(1);
      }),
      { numRuns: 30 },
    );
  });

  test('sharpness and noise do not know a picture turned over, or its negative', () => {
    fc.assert(
      fc.property(sized, ([width, height, seed]) => {
        const random = noise(seed, 1);
        const plain = image(width, height, (i) => random(i) % 256);
        const turned = image(width, height, (i) => random(width * height - 1 - i) % 256);
        const negative = image(width, height, (i) => 255 - (random(i) % 256));
        for (const other of [turned, negative]) {
          expect(imageFigures(other).noise.value).toBeCloseTo(imageFigures(plain).noise.value!, 9);
          expect(imageFigures(other).sharpness.value).toBeCloseTo(imageFigures(plain).sharpness.value!, 6);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('a blank image has no contrast, no noise, nothing sharp', () => {
    const { brightness, contrast, sharpness, noise: noisy } = imageFigures(image(8, 8, () => 77));
    expect([brightness, contrast, sharpness, noisy].map((figure) => figure.value)).toEqual([77, 0, 0, 0]);
  });

  test('what is too small for a figure has none, and says why', () => {
    const small = image(2, 9, (i) => i);
    expect(imageFigures(small).sharpness).toEqual({ value: null, reason: 'the image is smaller than 3 x 3' });
    expect(ssim(small, small)).toEqual({ value: null, reason: 'the images are smaller than 11 x 11' });
  });

  test('images that are none, or of two sizes, are refused', () => {
    const good = image(3, 3, () => 0);
    for (const bad of [
      { ...good, width: 0 },
      { ...good, width: 2.5 },
      { ...good, data: good.data.subarray(1) },
    ]) {
      expect(() => imageFigures(bad)).toThrow(EvaluationInputError);
      expect(() => psnr(good, bad)).toThrow(EvaluationInputError);
    }
    expect(() =>
      ssim(
        good,
        image(3, 4, () => 0),
      ),
    ).toThrow('image: is 3 x 4 pixels, the reference 3 x 3');
  });
});

describe('an image that is reduced', () => {
  test('has the means of the areas that its pixels stand for', () => {
    const given: GreyImage = { data: Uint8Array.of(0, 10, 20, 30, 40, 50, 60, 70), width: 4, height: 2 };
    expect(reduceImage(given, { width: 2, height: 1 })).toEqual({ data: Uint8Array.of(25, 45), width: 2, height: 1 });
    // A third of the middle pixel's value goes to either side: (2 * 0 + 30) / 3.
    const row: GreyImage = { data: Uint8Array.of(0, 30, 90), width: 3, height: 1 };
    expect([...reduceImage(row, { width: 2, height: 1 }).data]).toEqual([10, 70]);
    expect(reduceImage(given, given)).toBe(given);
  });

  test('keeps its brightness at every size, and stays blank when it is', () => {
    const size = fc.integer({ min: 1, max: 24 });
    fc.assert(
      fc.property(size, size, size, size, fc.integer({ min: 1 }), (a, b, c, d, seed) => {
        const [large, small] = [{ width: Math.max(a, b), height: Math.max(c, d) }, { width: Math.min(a, b), height: Math.min(c, d) }]; // prettier-ignore
        const random = noise(seed, 1);
        const given = image(large.width, large.height, (i) => random(i) % 256);
        const brightness = (one: GreyImage) => imageFigures(one).brightness.value!;
        expect(Math.abs(brightness(reduceImage(given, small)) - brightness(given))).toBeLessThanOrEqual(0.5);
        const blank = reduceImage(image(large.width, large.height, () => 201), small); // prettier-ignore
        expect(new Set(blank.data)).toEqual(new Set([201]));
      }),
    );
  });

  test('is not enlarged', () => {
    expect(() => reduceImage(image(3, 3, () => 0), { width: 4, height: 3 })).toThrow('width: is 4'); // prettier-ignore
  });
});
