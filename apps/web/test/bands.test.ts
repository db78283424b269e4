import { expect, test } from 'vitest';
import { bandOf } from '../src/curves/bands.ts';

test('a band has the mean and the ends of the runs that go so far', () => {
  const { mean, range } = bandOf([
    { x: [0, 2, 4], y: [0, 2, 4] },
    { x: [0, 4], y: [4, 0] },
    { x: [2], y: [8] },
  ]);
  expect(mean).toEqual([
    [0, 2],
    [2, 4],
    [4, 2],
  ]);
  expect(range).toEqual([
    [0, 0, 4],
    [2, 2, 8],
    [4, 0, 4],
  ]);
});

test('what is no number is passed over, and what has no points does not count', () => {
  const { mean } = bandOf([
    { x: [0, 1, 2], y: [1, null, 3] },
    { x: [], y: [] },
    { x: [1], y: [null] },
  ]);
  expect(mean).toEqual([
    [0, 1],
    [2, 3],
  ]);
  expect(bandOf([])).toEqual({ mean: [], range: [] });
});

test('long curves are put together at as many places as can be seen', () => {
  const x = Array.from({ length: 1000 }, (_, i) => i);
  const { mean } = bandOf([
    { x, y: x },
    { x: x.map((at) => at + 0.5), y: x },
  ]);
  expect(mean.length).toBe(200);
  expect(mean[100]![1]).toBeCloseTo(mean[100]![0] - 0.25, 6);
});
