import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvOf } from '../src/charts/csv.ts';
import { smooth } from '../src/curves/smooth.ts';
import { readCurveView, writeCurveView } from '../src/curves/view.ts';

const value = fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constant(null));
const weight = fc.double({ min: 0, max: 0.99, noNaN: true });

test('a smoothed curve stays within what it is made of, and gaps stay gaps', () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 50 }), weight, (values, w) => {
      const known = values.filter((v) => v !== null);
      const [low, high] = [Math.min(...known), Math.max(...known)];
      const slack = 1e-9 * Math.max(1, Math.abs(low), Math.abs(high));
      smooth(values, w).forEach((s, i) => {
        expect(s === null).toBe(values[i] === null);
        if (s !== null) expect(s >= low - slack && s <= high + slack).toBe(true);
      });
    }),
  );
});

test('a constant curve is not pulled towards zero at its start', () => {
  for (const s of smooth([3, 3, null, 3], 0.9)) if (s !== null) expect(s).toBeCloseTo(3, 12);
  expect(smooth([1, 2], 0)).toEqual([1, 2]);
  expect(smooth([0, 1], 0.5)[1]).toBeCloseTo(2 / 3, 12);
});

test('how curves are drawn comes back from the address, beside what else stands there', () => {
  const address = writeCurveView(new URLSearchParams('truth=sad'), { x: 'time', logarithmic: true, smoothing: 0.6 });
  expect(address).toBe('?truth=sad&x=time&log=y&smooth=0.6');
  expect(readCurveView(new URLSearchParams(address))).toEqual({ x: 'time', logarithmic: true, smoothing: 0.6 });
  expect(readCurveView(new URLSearchParams('x=nonsense&smooth=7'))).toEqual({
    x: 'step',
    logarithmic: false,
    smoothing: 0,
  });
});

test('a CSV keeps names with commas and quotes, and runs no formula', () => {
  expect(
    csvOf(
      [
        { name: 'a, "b"', points: [[1, 2.5]] },
        { name: '=1+1', points: [[2, null]] },
      ],
      'step',
      'loss',
    ),
  ).toBe('run,step,loss\r\n"a, ""b""",1,2.5\r\n\'=1+1,2,\r\n');
});
