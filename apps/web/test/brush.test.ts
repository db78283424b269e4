import { readSearch } from '@samplewise/domain/search';
import { expect, test } from 'vitest';
import { narrowedSearch } from '../src/run-charts/brush.ts';

test('what is brushed over axes becomes conditions beside those that hold', () => {
  const search = narrowedSearch('status = finished or status = failed', [
    { dimension: { kind: 'METRIC', key: 'accuracy' }, of: { from: 0.712345678, to: 0.9 } },
    { dimension: { kind: 'PARAM', key: 'my lr' }, of: { from: 1e-5, to: 0.0123456789 } },
    { dimension: { kind: 'FIELD', key: 'modelConfig' }, of: { words: ['vgg@1', 'a@b@2'] } },
    { dimension: { kind: 'PARAM', key: 'optimizer' }, of: { words: ['adam'] } },
  ]);
  expect(search).toBe(
    '(status = finished or status = failed) and accuracy >= 0.712345 and accuracy <= 0.9 and param."my lr" >= 0.00001 and param."my lr" <= 0.0123457 and model in ("vgg", "a@b") and param.optimizer = "adam"',
  );
  expect('filter' in readSearch(search!)).toBe(true);
});

test('axes of which the search knows nothing narrow nothing', () => {
  expect(
    narrowedSearch('', [{ dimension: { kind: 'FIELD', key: 'cost.price' }, of: { from: 1, to: 2 } }]),
  ).toBeUndefined();
  expect(
    narrowedSearch('a =', [{ dimension: { kind: 'FIELD', key: 'seed' }, of: { from: 1, to: 2 } }]),
  ).toBeUndefined();
});

test('an end stays on the outer side, whatever its sign and size', () => {
  const of = { from: -123456.789, to: 98765432.1 };
  expect(narrowedSearch('', [{ dimension: { kind: 'FIELD', key: 'seed' }, of }])).toBe(
    'seed >= -123457 and seed <= 98765500',
  );
});
