import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pixels } from '../src/images/decode.ts';
import { DETECTOR, NETWORK, openRestorer, restore } from './support/networks.ts';
import { tinyDetector, tinyFaceNetwork, type FoundFace, type TinyFaceNetwork } from './support/tiny-restorers.ts';

/** Small, so that a test takes milliseconds. */
const SIZE = 64;
/** Height of a face's box whose square is as large as the network's, so that nothing is resampled. */
const FACE = (SIZE * 336) / 512;

function picture(
  width: number,
  height: number,
  channels: 1 | 3,
  value: (x: number, y: number, c: number) => number,
): Pixels {
  const data = Uint8Array.from({ length: width * height * channels }, (_, i) => {
    const at = Math.floor(i / channels);
    return value(at % width, Math.floor(at / width), i % channels);
  });
  return { data, width, height, channels };
}

const coarse = (width: number, height: number, channels: 1 | 3 = 3): Pixels =>
  picture(width, height, channels, (x, y, c) => (x * 37 + y * 91 + c * 53 + x * y) % 256);
const smooth = (width: number, height: number): Pixels =>
  picture(width, height, 3, (x, y, c) => Math.round(40 + (x * 120) / width + (y * 60) / height + c * 10));

/** A box around (x, y) whose square has the side of the network. */
const faceAt = (x: number, y: number, { width, height }: Pixels, score = 0.9): FoundFace => ({
  box: [(x - FACE / 2) / width, (y - FACE / 2) / height, (x + FACE / 2) / width, (y + FACE / 2) / height],
  score,
});

const withFaces = (faces: FoundFace[], step: object = {}, network: TinyFaceNetwork = {}) =>
  openRestorer(
    { kind: 'gfpgan', mode: 'faces', weights: NETWORK, detector: { weights: DETECTOR }, size: SIZE, ...step },
    { network: tinyFaceNetwork({ size: SIZE, ...network }), detector: tinyDetector(faces) },
  );
const whole = (step: object = {}, network: TinyFaceNetwork = {}) =>
  openRestorer(
    { kind: 'gfpgan', mode: 'whole', weights: NETWORK, size: SIZE, ...step },
    { network: tinyFaceNetwork({ size: SIZE, ...network }) },
  );

const largestDifference = (a: Pixels, b: Pixels): number =>
  a.data.reduce((most, value, i) => Math.max(most, Math.abs(value - b.data[i]!)), 0);

describe('faces that are found, restored and pasted back', () => {
  it('by a network that changes nothing leave every pixel as it was, inside and out, at the edge too', async () => {
    const share = fc.double({ min: 0, max: 0.99, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        fc.record({ width: fc.integer({ min: 40, max: 160 }), height: fc.integer({ min: 40, max: 160 }) }),
        fc.array(fc.tuple(share, share), { maxLength: 4 }),
        async ({ width, height }, places) => {
          const image = coarse(width, height);
          const faces = places.map(([x, y], i) => faceAt(x * width, y * height, image, 0.99 - i / 100));
          const restorer = await withFaces(faces, { detector: { weights: DETECTOR, iou: 1 }, batch: 1 });
          const [restored] = await restore(restorer, image);
          expect(restored!.faces).toBe(places.length);
          expect(largestDifference(restored!.pixels, image)).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('of other sizes are scaled to the network and back', async () => {
    const image = smooth(200, 150);
    for (const box of [
      [0.4, 0.4, 0.5, 0.55],
      [0.1, 0.1, 0.9, 0.9],
      [0, 0, 1, 1],
      [0.9, 0.8, 1.02, 1.01],
    ] as const) {
      const [restored] = await restore(await withFaces([{ box, score: 0.9 }]), image);
      expect(restored!.faces).toBe(1);
      // Mirrored at an edge the slope turns round, and the kernel rounds it off.
      expect(largestDifference(restored!.pixels, image)).toBeLessThanOrEqual(4);
    }
  });

  it('change inside, fade out towards the border, and leave the rest alone', async () => {
    const image = coarse(200, 200);
    const [restored] = await restore(await withFaces([faceAt(100, 100, image)], {}, { does: 'white' }), image);
    const at = (x: number, y: number): number => restored!.pixels.data[(y * 200 + x) * 3]!;
    const before = (x: number, y: number): number => image.data[(y * 200 + x) * 3]!;
    expect(at(100, 100)).toBe(255);
    // The square is 64 wide and its middle a little below the box's: it reaches from 68 to 131.
    expect(at(67, 100)).toBe(before(67, 100));
    expect(at(68, 100)).toBe(before(68, 100));
    expect(at(132, 100)).toBe(before(132, 100));
    expect(at(71, 100)).toBeGreaterThan(before(71, 100));
    expect(at(71, 100)).toBeLessThan(255);
  });

  it('are mixed with the original by the share that the step says', async () => {
    const image = picture(100, 100, 3, () => 55);
    const [half] = await restore(await withFaces([faceAt(50, 50, image)], { blend: 0.5 }, { does: 'white' }), image);
    expect(half!.pixels.data[(50 * 100 + 50) * 3]).toBe(155);
    const [nothing] = await restore(await withFaces([faceAt(50, 50, image)], { blend: 0 }, { does: 'white' }), image);
    expect(largestDifference(nothing!.pixels, image)).toBe(0);
  });

  it('are enlarged with their picture', async () => {
    const image = smooth(100, 80);
    const [restored] = await restore(await withFaces([faceAt(50, 40, image)], { upscale: 2 }), image);
    expect(restored!.pixels).toMatchObject({ width: 200, height: 160, channels: 3 });
    const [plain] = await restore(await withFaces([], { upscale: 2 }), image);
    expect(largestDifference(restored!.pixels, plain!.pixels)).toBeLessThanOrEqual(3);
  });

  it('are the best ones, each once: what overlaps a better one, and what is beyond the limit, is left out', async () => {
    const image = coarse(300, 300);
    const faces = [0, 1, 2, 3].flatMap((i) => [
      faceAt(40 + 70 * i, 40, image, 0.8 + i / 100),
      faceAt(42 + 70 * i, 41, image, 0.75),
    ]);
    expect((await restore(await withFaces(faces), image))[0]!.faces).toBe(4);
    expect((await restore(await withFaces(faces, { maxFaces: 2 }), image))[0]!.faces).toBe(2);
    const strict = { detector: { weights: DETECTOR, threshold: 0.815 } };
    expect((await restore(await withFaces(faces, strict), image))[0]!.faces).toBe(2);
  });

  it('that are not there leave the picture as it is, a grey one grey', async () => {
    const image = coarse(60, 50, 1);
    const [restored] = await restore(await withFaces([faceAt(30, 25, image, 0.5)]), image);
    expect(restored).toEqual({ pixels: image, faces: 0 });
  });

  it('of grey pictures stay without colour', async () => {
    const image = coarse(90, 90, 1);
    const [restored] = await restore(await withFaces([faceAt(45, 45, image)], {}, { does: 'sharpen' }), image);
    expect(restored!.pixels.channels).toBe(3);
    const { data } = restored!.pixels;
    expect(data.every((value, i) => value === data[i - (i % 3)])).toBe(true);
  });

  it('of several pictures are restored in batches, each in its own picture', async () => {
    const images = [coarse(100, 80), coarse(70, 120), coarse(64, 64, 1)];
    const face: FoundFace = { box: [0.3, 0.3, 0.7, 0.7], score: 0.9 };
    for (const network of [{ batch: 'N' }, { batch: 2 }, { batch: 1 }] as const) {
      const restorer = await withFaces([face], { batch: 2 }, { ...network, does: 'sharpen' });
      const together = await restore(restorer, ...images);
      for (const [i, image] of images.entries()) expect(together[i]).toEqual((await restore(restorer, image))[0]);
    }
  });

  it('may be of pictures of a single pixel', async () => {
    const [restored] = await restore(await withFaces([{ box: [0, 0, 1, 1], score: 0.9 }]), coarse(1, 1));
    expect(restored!.pixels).toMatchObject({ width: 1, height: 1 });
  });
});

describe('pictures that are a face already', () => {
  it('come back as they were from a network that changes nothing', async () => {
    const image = coarse(SIZE, SIZE);
    expect((await restore(await whole(), image))[0]!.pixels).toEqual(image);
  });

  it('are as large as the network gives them, or as many times the original as the step says', async () => {
    const images = [smooth(48, 48), smooth(30, 60)];
    const sizes = async (step: object) =>
      (await restore(await whole(step), ...images)).map(({ pixels: { width, height } }) => [width, height]);
    expect(await sizes({})).toEqual([[SIZE, SIZE], [SIZE, SIZE]]); // prettier-ignore
    expect(await sizes({ upscale: 2 })).toEqual([[96, 96], [60, 120]]); // prettier-ignore
    expect((await whole({ upscale: 2 })).sizeAfter(images[1]!)).toEqual({ width: 60, height: 120 });
  });

  it('are mixed with the original, also a grey one', async () => {
    const image = picture(SIZE, SIZE, 1, () => 55);
    const [half] = await restore(await whole({ blend: 0.5 }, { does: 'white' }), image);
    expect([...new Set(half!.pixels.data)]).toEqual([155]);
  });

  it('have no count of faces, since nobody looked', async () => {
    expect((await restore(await whole(), coarse(SIZE, SIZE)))[0]!.faces).toBeUndefined();
  });
});

describe('a network that does not fit', () => {
  it.each<[string, () => Promise<unknown>, object]>([
    ['has another size', () => whole({ size: 32 }), { code: 'MODEL_INPUT_MISMATCH', place: 'steps.0.size' }],
    ['has no such input', () => whole({ input: 'face' }), { code: 'MODEL_INPUT_MISMATCH', place: 'steps.0.input' }],
    ['has no such output', () => whole({ output: 'face' }), { code: 'MODEL_OUTPUT_MISMATCH', place: 'steps.0.output' }],
    [
      'gives what is no number',
      async () => restore(await whole({}, { does: 'nan' }), coarse(SIZE, SIZE)),
      { code: 'MODEL_OUTPUT_MISMATCH', place: 'steps.0.weights' },
    ],
    [
      'is called a detector and is none',
      () =>
        openRestorer(
          { kind: 'gfpgan', mode: 'faces', weights: NETWORK, detector: { weights: DETECTOR }, size: SIZE },
          { network: tinyFaceNetwork({ size: SIZE }), detector: tinyFaceNetwork({ size: SIZE }) },
        ),
      { code: 'MODEL_OUTPUT_MISMATCH', place: 'steps.0.detector.weights' },
    ],
  ])('because it %s is refused, saying where', async (_why, work, problem) => {
    await expect(work()).rejects.toMatchObject({ problems: [problem] });
  });
});
