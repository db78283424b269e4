import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  describeFilter,
  fitting,
  readFilter,
  SORTS,
  variablesOf,
  writeFilter,
  type Filter,
  type Sort,
} from '../src/runs/filter.ts';

const label = fc.string({ unit: 'grapheme', minLength: 1 });
const filter: fc.Arbitrary<Filter> = fc.record(
  {
    truth: label,
    predicted: label,
    correct: fc.boolean(),
    min: fc.float({ min: 0, max: 1, noNaN: true }).map(Math.abs),
    max: fc.float({ min: 0, max: 1, noNaN: true }).map(Math.abs),
    sort: fc.constantFrom(...(Object.keys(SORTS) as Sort[])),
  },
  { requiredKeys: [] },
);

test('a filter comes back from the address as it was, whatever the labels', () => {
  fc.assert(
    fc.property(filter, (f) => {
      expect(readFilter(new URLSearchParams(writeFilter(f)))).toEqual(f);
    }),
  );
});

test('no filter leaves the address clean, and what is unknown in it counts as no filter', () => {
  expect(writeFilter({})).toBe('');
  expect(readFilter(new URLSearchParams('only=nonsense&page=2&min=2&max=x&sort=size'))).toEqual({});
});

test('a class that the dataset does not have fits nothing, and the rest stays', () => {
  expect(fitting({ truth: 'bored', predicted: 'sad', min: 0.5 }, ['happy', 'sad'])).toEqual({
    predicted: 'sad',
    min: 0.5,
  });
});

test('the API is asked for a range and an order only where there is one', () => {
  expect(variablesOf({ truth: 'sad' })).toEqual({ truth: 'sad' });
  expect(variablesOf({ min: 0.9, sort: 'worst' })).toEqual({
    confidence: { min: 0.9, max: undefined },
    orderBy: { field: 'LOSS', direction: 'DESC' },
  });
});

test('a heading says what is shown', () => {
  expect(describeFilter({ truth: 'angry', predicted: 'fear' })).toBe('angry predicted as fear');
  expect(describeFilter({ correct: false })).toBe('wrong');
  expect(describeFilter({ truth: 'sad', none: true })).toBe('sad, without a prediction');
  expect(describeFilter({ correct: false, min: 0.9 })).toBe('wrong sure from 90 %');
  expect(describeFilter({})).toBe('all');
});
