import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paretoFront, type Better } from '../src/run-charts/pareto.ts';

const better = fc.constantFrom<Better>('lower', 'higher');
const points = fc.array(fc.record({ x: fc.integer({ min: 0, max: 9 }), y: fc.integer({ min: 0, max: 9 }) }));

test('on the front is what no other point beats, and nothing else', () => {
  fc.assert(
    fc.property(points, better, better, (all, x, y) => {
      const asGood = (a: number, b: number, way: Better): boolean => (way === 'lower' ? a <= b : a >= b);
      const beats = (a: (typeof all)[number], b: (typeof all)[number]): boolean =>
        asGood(a.x, b.x, x) && asGood(a.y, b.y, y) && (a.x !== b.x || a.y !== b.y);
      const front = paretoFront(all, { x, y });
      expect(new Set(front)).toEqual(new Set(all.filter((point) => !all.some((other) => beats(other, point)))));
    }),
  );
});
