import { expect, test } from 'vitest';
import { mostConfused, shareOf, totalsOf, type Matrix } from '../src/runs/confusion.ts';

/** Of a: 6 right, 2 as b, 1 as c, 1 without; of b: 0 right, 4 as c; of c: none. */
const matrix: Matrix = {
  labels: ['a', 'b', 'c'],
  counts: [
    [6, 2, 1],
    [0, 0, 4],
    [0, 0, 0],
  ],
  none: [1, 0, 0],
};

test('a cell is a share of its truth or of its prediction; a share of nothing is none', () => {
  const totals = totalsOf(matrix);
  expect(totals).toEqual({ truth: [10, 4, 0], prediction: [6, 2, 5, 1] });
  expect(shareOf(matrix, totals, 0, 1, 'truth')).toBe(0.2);
  expect(shareOf(matrix, totals, 0, 1, 'prediction')).toBe(1);
  expect(shareOf(matrix, totals, 0, 3, 'truth')).toBe(0.1);
  expect(shareOf(matrix, totals, 2, 2, 'truth')).toBeNull();
});

test('the mistakes that are made most often come first, and what is right is none', () => {
  expect(mostConfused(matrix, 2)).toEqual([
    { truth: 'b', predicted: 'c', samples: 4, share: 1 },
    { truth: 'a', predicted: 'b', samples: 2, share: 0.2 },
  ]);
});
