import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paretoFront, type QualityAndCost } from '../src/index.ts';

const points = fc
  .array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 15 })
  .map((rows) => rows.map(([quality, cost], i): QualityAndCost => ({ id: `run ${i}`, quality: quality / 6, cost })));

const dominates = (a: QualityAndCost, b: QualityAndCost) =>
  a.quality >= b.quality && a.cost <= b.cost && (a.quality > b.quality || a.cost < b.cost);

test('on the front is what nothing else dominates, and what is off it names a point of the front that does', () => {
  fc.assert(
    fc.property(points, (all) => {
      const result = paretoFront(all);
      const byId = new Map(result.map((point) => [point.id, point]));
      expect(result.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
      for (const point of result) {
        expect(point.dominatedBy === null).toBe(!all.some((other) => dominates(other, point)));
        if (point.dominatedBy === null) continue;
        const better = byId.get(point.dominatedBy)!;
        expect(better.dominatedBy).toBeNull();
        expect(dominates(better, point)).toBe(true);
      }
    }),
  );
});

test('quality for its cost; what costs nothing has none', () => {
  const [a, b] = paretoFront([
    { id: 'a', quality: 0.8, cost: 4 },
    { id: 'b', quality: 0.7, cost: 0 },
  ]);
  expect(a).toEqual({
    id: 'a',
    quality: 0.8,
    cost: 4,
    dominatedBy: null,
    qualityPerCost: { value: 0.2, method: 'none' },
  });
  expect(b!.qualityPerCost).toEqual({ value: null, reason: 'it costs nothing' });
});

test.each([
  ['quality', [{ id: 'a', quality: Number.NaN, cost: 1 }], 0],
  ['cost', [{ id: 'a', quality: 1, cost: -1 }], 0],
  ['cost', [{ id: 'a', quality: 1, cost: Infinity }], 0],
  [
    'id',
    [
      { id: 'a', quality: 1, cost: 1 },
      { id: 'a', quality: 1, cost: 2 },
    ],
    1,
  ],
])('a bad %s is refused with its place', (argument, bad, index) => {
  expect(() => paretoFront(bad)).toThrow(
    expect.objectContaining({ name: 'EvaluationInputError', argument, index }) as Error,
  );
});
