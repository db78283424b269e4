import { expect, test } from 'vitest';
import { nextStep, withNewPoints, type Series } from '../src/curves/merge-curves.ts';

const series = (key: string, steps: number[], total = steps.length): Series => ({
  runId: 'Run_1',
  key,
  total,
  steps,
  times: steps.map((step) => step * 1000),
  values: steps.map((step) => step / 10),
});

test('points that come are put behind those that are there, of each metric from its own last step on', () => {
  const present = [series('loss', [0, 5, 9], 10), series('accuracy', [0, 4]), series('still', [1, 2])];
  expect(nextStep(present, ['loss', 'accuracy'])).toBe(5);
  const fresh = [series('loss', [5, 6, 7, 8, 9, 10, 11]), series('accuracy', [6])];
  const merged = withNewPoints(present, fresh, [
    { key: 'loss', count: 12 },
    { key: 'accuracy', count: 3 },
  ])!;
  expect(merged[0]).toMatchObject({ steps: [0, 5, 9, 10, 11], total: 12, values: [0, 0.5, 0.9, 1, 1.1] });
  expect(merged[1]).toMatchObject({ steps: [0, 4, 6], total: 3 });
  expect(merged[2]).toBe(present[2]);
});

test('points that came between others, or were thinned out, are read again with the rest', () => {
  const present = [series('loss', [0, 1, 2])];
  const fresh = [series('loss', [3])];
  expect(withNewPoints(present, fresh, [{ key: 'loss', count: 4 }])).toBeDefined();
  expect(withNewPoints(present, fresh, [{ key: 'loss', count: 5 }])).toBeUndefined();
  expect(withNewPoints(present, [series('loss', [3, 9], 7)], [{ key: 'loss', count: 10 }])).toBeUndefined();
  const many = series(
    'loss',
    Array.from({ length: 801 }, (_, i) => i + 3),
  );
  expect(withNewPoints(present, [many], [{ key: 'loss', count: 804 }])).toBeUndefined();
});
