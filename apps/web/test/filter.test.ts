import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeFilter, readFilter, writeFilter, type Filter } from '../src/runs/filter.ts';

const label = fc.string({ unit: 'grapheme', minLength: 1 });
const filter: fc.Arbitrary<Filter> = fc.record(
  { truth: label, predicted: label, correct: fc.boolean() },
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
  expect(readFilter(new URLSearchParams('only=nonsense&page=2'))).toEqual({});
});

test('a heading says what is shown', () => {
  expect(describeFilter({ truth: 'angry', predicted: 'fear' })).toBe('angry predicted as fear');
  expect(describeFilter({ correct: false })).toBe('wrong');
  expect(describeFilter({ truth: 'sad', none: true })).toBe('sad, without a prediction');
  expect(describeFilter({})).toBe('all');
});
