import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Manifest, orderTells, publicPart, publicSamples } from '../src/index.ts';

const SALT = 'a1'.repeat(32);
const rows = (labels: readonly number[]) =>
  labels.map((label, index) => ({
    index,
    split: index < 2 ? ('TRAIN' as const) : ('TEST' as const),
    label,
    digest: 'd',
  }));
const identify = (labels: readonly number[], salts?: ReadonlyMap<'TEST', string>) => {
  const manifest = new Manifest(['a', 'b'], salts);
  for (const row of rows(labels)) manifest.add(row);
  return manifest.end();
};

describe('the digest of a version', () => {
  it('depends on labels that are hidden by their commitment alone', () => {
    const sealed = identify([0, 1, 1, 0], new Map([['TEST', SALT]]));
    const other = identify([0, 1, 1, 0], new Map([['TEST', 'b2'.repeat(32)]]));
    expect(sealed.sealed[0]!.commitment).not.toBe(other.sealed[0]!.commitment);
    expect(sealed.digest).not.toBe(other.digest);
    expect(identify([0, 1, 1, 0], new Map([['TEST', SALT]]))).toEqual(sealed);
    expect(identify([0, 1, 0, 0], new Map([['TEST', SALT]])).sealed).not.toEqual(sealed.sealed);
    expect(identify([0, 1, 1, 0]).digest).not.toBe(sealed.digest);
  });
});

describe('the public part', () => {
  const labels = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 2, maxLength: 300 });
  const share = fc.double({ min: 0.05, max: 0.95, noNaN: true });

  it('has of each class the same share, as nearly as whole samples allow, and a number that no label decides', () => {
    fc.assert(
      fc.property(labels, share, (truth, of) => {
        const part = publicPart(truth, SALT, of);
        const size = part.reduce((sum, is) => sum + is, 0);
        expect(size).toBe(publicSamples(truth.length, of));
        for (const label of new Set(truth)) {
          const members = truth.filter((other) => other === label).length;
          const taken = truth.filter((other, i) => other === label && part[i] === 1).length;
          expect(Math.abs(taken - (members * size) / truth.length)).toBeLessThan(1);
        }
      }),
    );
  });

  it('of a smaller share is within that of a larger one, but for what whole samples allow', () => {
    const truth = Array.from({ length: 700 }, (_, i) => i % 7);
    const [small, large] = [publicPart(truth, SALT, 0.3), publicPart(truth, SALT, 0.6)];
    expect(small.every((is, i) => is <= large[i]!)).toBe(true);
    expect(publicPart(truth, 'c3'.repeat(32), 0.3)).not.toEqual(small);
  });
});

describe('the order of samples', () => {
  const shuffled = (n: number, classes: number): number[] => {
    let state = 7;
    return Array.from({ length: n }, () => (state = (state * 48_271) % 2_147_483_647) % classes);
  };

  it.each([
    ['class by class', [...shuffled(90, 3)].sort(), true],
    ['by turns', Array.from({ length: 90 }, (_, i) => i % 3), true],
    ['by chance', shuffled(90, 3), false],
    ['by chance, of thousands', shuffled(9000, 7), false],
    ['of one class', new Array<number>(50).fill(1), false],
    ['of one sample', [1], false],
    ['of none', [], false],
  ])('%s', (_name, labels, tells) => expect(orderTells(labels)).toBe(tells));
});
