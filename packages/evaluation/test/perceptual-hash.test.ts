import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EvaluationInputError, nearDuplicates, nearestHashes, perceptualHash, type GreyImage } from '../src/index.ts';
import { noise } from './support/cases.ts';

const distance = (a: bigint, b: bigint): number => (a ^ b).toString(2).replaceAll('0', '').length;

/** A picture of waves, the larger the longer they are, as photographs have them. */
function picture(seed: number, width = 48, height = 48): GreyImage {
  const random = noise(seed, 7);
  const waves = Array.from({ length: 100 }, (_, i) => {
    const [u, v] = [i % 10, Math.floor(i / 10)];
    return { u: Math.PI * u, v: Math.PI * v, size: ((random(i) % 201) - 100) / (1 + u + v) };
  });
  const data = new Uint8ClampedArray(width * height);
  for (let i = 0; i < data.length; i++) {
    const [x, y] = [((i % width) + 0.5) / width, (Math.floor(i / width) + 0.5) / height];
    data[i] = waves.reduce((sum, { u, v, size }) => sum + size * Math.cos(u * x) * Math.cos(v * y), 128) * 0.6 + 50;
  }
  return { data: new Uint8Array(data), width, height };
}
const changed = ({ data, ...size }: GreyImage, change: (value: number, i: number) => number): GreyImage => ({
  data: new Uint8Array(Uint8ClampedArray.from(data, change)),
  ...size,
});

describe('the perceptual hash', () => {
  test.each([1, 2, 3, 4, 5])('of picture %d stays near when it is made brighter, noisier or larger', (seed) => {
    const original = picture(seed);
    const hash = perceptualHash(original);
    const random = noise(seed, 1);
    expect(distance(hash, perceptualHash(changed(original, (v) => v * 0.8 + 20)))).toBeLessThanOrEqual(4);
    expect(distance(hash, perceptualHash(changed(original, (v, i) => v + (random(i) % 5) - 2)))).toBeLessThanOrEqual(8);
    expect(distance(hash, perceptualHash(picture(seed, 120, 75)))).toBeLessThanOrEqual(8);
  });

  test('of other pictures is far', () => {
    const hashes = Array.from({ length: 20 }, (_, i) => perceptualHash(picture(i + 1)));
    hashes.forEach((a, i) => {
      for (const b of hashes.slice(i + 1)) expect(distance(a, b)).toBeGreaterThan(10);
    });
  });

  test('has as many bits above the median as below, in pictures of any size', () => {
    const sizes = fc.record({ width: fc.integer({ min: 1, max: 70 }), height: fc.integer({ min: 1, max: 70 }) });
    fc.assert(
      fc.property(sizes, fc.nat(), ({ width, height }, seed) => {
        const random = noise(seed, 3);
        const data = Uint8Array.from({ length: width * height }, (_, i) => random(i) & 255);
        const hash = perceptualHash({ data, width, height });
        expect(hash).toBeGreaterThanOrEqual(0n);
        expect(distance(hash, 0n)).toBeLessThanOrEqual(32);
      }),
      { numRuns: 60 },
    );
  });

  test('is a fixed number for a fixed picture: stored ones stay comparable', () => {
    expect(perceptualHash(picture(1)).toString(16).padStart(16, '0')).toMatchInlineSnapshot(`"c62b8cb1c90bc76b"`);
  });

  test('refuses what is no image', () => {
    expect(() => perceptualHash({ data: new Uint8Array(3), width: 2, height: 2 })).toThrow(EvaluationInputError);
  });
});

describe('the nearest hashes', () => {
  const hashes = fc
    .array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { minLength: 1, maxLength: 6 })
    .chain((centres) =>
      fc
        .array(fc.tuple(fc.nat(), fc.array(fc.nat(63), { maxLength: 6 })), { minLength: 1, maxLength: 50 })
        .map((rows) =>
          BigUint64Array.from(rows, ([centre, bits]) =>
            bits.reduce((hash, bit) => hash ^ (1n << BigInt(bit)), centres[centre % centres.length]!),
          ),
        ),
    );

  test('are those that a look at each finds, nearest first', () => {
    fc.assert(
      fc.property(hashes, fc.nat(), fc.integer({ min: 1, max: 10 }), (column, at, limit) => {
        const target = column[at % column.length]!;
        const among = (i: number): boolean => i % 3 !== 0;
        const expected = [...column.keys()]
          .filter(among)
          .map((index) => ({ index, distance: distance(column[index]!, target) }))
          .filter((one) => one.distance <= 8)
          .sort((a, b) => a.distance - b.distance || a.index - b.index)
          .slice(0, limit);
        expect(nearestHashes(column, target, { maximumDistance: 8, limit, among })).toEqual(expected);
      }),
    );
  });

  test('agree with the pairs of an audit', () => {
    const column = BigUint64Array.of(0n, 3n, 2n ** 63n, 0xffffn);
    const pairs = nearDuplicates(column, 2).pairs.filter(({ first }) => first === 0);
    const near = nearestHashes(column, 0n, { maximumDistance: 2, limit: 9, among: (i) => i > 0 });
    expect(near.map(({ index, distance: bits }) => [index, bits])).toEqual([
      [2, 1],
      [1, 2],
    ]);
    expect(pairs.map(({ second, distance: bits }) => [second, bits])).toEqual([
      [1, 2],
      [2, 1],
    ]);
  });
});
