import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  AGREEMENTS,
  EVERYTHING,
  RANGES,
  readView,
  searchOf,
  SPLITS,
  withLabels,
  writeView,
  type SampleView,
} from '../src/samples/view.ts';

const range = fc
  .tuple(fc.option(fc.integer({ min: 0, max: 300 })), fc.option(fc.integer({ min: 300, max: 900 })))
  .filter(([min, max]) => min !== null || max !== null)
  .map(([min, max]) => ({ ...(min !== null && { min }), ...(max !== null && { max }) }));
const view = fc
  .record({
    splits: fc.subarray([...SPLITS]),
    labels: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 9 }), { maxLength: 3 }),
    ranges: fc.dictionary(fc.constantFrom(...RANGES), range, { maxKeys: 3, noNullPrototype: true }),
    blank: fc.boolean(),
    unreadable: fc.boolean(),
    leakedFrom: fc.subarray([...SPLITS]),
    runs: fc.uniqueArray(fc.integer({ min: 1, max: 9999 }).map(String), { minLength: 2, maxLength: 20 }),
    predicted: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 9 }), { maxLength: 2 }),
    agreement: fc.subarray([...AGREEMENTS]),
    order: fc.record({
      by: fc.constantFrom('INDEX' as const, 'CONFIDENCE' as const, 'HARDNESS' as const, 'SHARPNESS' as const),
      direction: fc.constantFrom('ASC' as const, 'DESC' as const),
    }),
    only: fc.constantFrom(undefined, 'right' as const, 'wrong' as const, 'none' as const),
    confidence: fc.constantFrom(undefined, { min: 0.25 }, { max: 0.5 }, { min: 0.1, max: 0.125 }),
  })
  .map(({ only, confidence, ...rest }): SampleView => ({
    ...rest,
    ...(only && { only }),
    ...(confidence && { confidence }),
  }));

test('a view that is written into an address is read from it again', () => {
  fc.assert(
    fc.property(view, (given) => {
      expect(readView(new URLSearchParams(writeView(given)))).toEqual(given);
    }),
  );
});

test('everything has no query, and is what an empty one means', () => {
  expect(writeView(EVERYTHING)).toBe('');
  expect(readView(new URLSearchParams())).toEqual(EVERYTHING);
  expect(searchOf(EVERYTHING)).toEqual({ filter: {}, order: { by: 'INDEX', direction: 'ASC' } });
});

test('what can not be understood, or needs runs that are not named, is left out', () => {
  const old =
    'split=final&only=wrong&agree=all_right&order=hardness-down&brightness=9-3&contrast=x&run=0&run=abc&leaked=train';
  expect(readView(new URLSearchParams(old))).toEqual({ ...EVERYTHING, leakedFrom: ['TRAIN'] });
  expect(withLabels({ ...EVERYTHING, labels: ['happy', 'bored'] }, ['happy', 'sad']).labels).toEqual(['happy']);
});

test('what is asked of the answer is asked of the first run, and agreement of all', () => {
  const asked = readView(new URLSearchParams('run=3&run=7&only=wrong&predicted=sad&confidence=0.9-&agree=same_answer'));
  expect(searchOf(asked).filter).toEqual({
    runs: [{ runId: 'Run_3', predicted: ['sad'], correct: false, confidence: { min: 0.9 } }, { runId: 'Run_7' }],
    agreement: ['SAME_ANSWER'],
  });
});
