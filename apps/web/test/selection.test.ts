import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addressOf,
  METRICS,
  OUTCOMES,
  readSelection,
  without,
  type ComparedMetricName,
  type ComparedOutcome,
  type Selection,
} from '../src/compare/selection.ts';

const id = fc.integer({ min: 1, max: 2 ** 31 }).map(String);
const selection: fc.Arbitrary<Selection> = fc
  .tuple(
    fc.uniqueArray(id, { minLength: 2, maxLength: 20 }),
    fc.nat(),
    fc.nat(),
    fc.constantFrom(...(Object.keys(OUTCOMES) as ComparedOutcome[])),
    fc.constantFrom(...(Object.keys(METRICS) as ComparedMetricName[])),
  )
  .map(([runs, r, b, outcome, metric]) => {
    const reference = runs[r % runs.length]!;
    const others = runs.filter((run) => run !== reference);
    return { runs, reference, beside: others[b % others.length]!, outcome, metric };
  });

const read = (address: string) => readSelection(new URLSearchParams(address.slice(address.indexOf('?'))));

test('a comparison comes back from its address as it was', () => {
  fc.assert(
    fc.property(selection, (s) => {
      expect(read(addressOf(s))).toEqual(s);
    }),
  );
});

test('an address names what it must and no more', () => {
  expect(addressOf({ runs: ['3', '1'], reference: '3', beside: '1', outcome: 'FIXED' })).toBe('/compare?runs=3,1');
  expect(addressOf({ runs: ['3', '1'], reference: '1', beside: '3', outcome: 'BOTH_WRONG' })).toBe(
    '/compare?runs=3,1&reference=1&samples=both+wrong',
  );
});

test('an address of fewer than two runs, of more than twenty or of nonsense compares nothing', () => {
  const many = Array.from({ length: 21 }, (_, i) => i + 1).join(',');
  for (const runs of ['', '1', '1,1', 'a,b', '0,-1', many]) expect(read(`/compare?runs=${runs}`)).toBeUndefined();
});

test('what is no run of the comparison is no reference of it', () => {
  expect(read('/compare?runs=1,2&reference=9&beside=1&samples=nonsense')).toEqual({
    runs: ['1', '2'],
    reference: '1',
    beside: '2',
    outcome: 'FIXED',
    metric: 'accuracy',
  });
});

test('a run that is taken out is neither reference nor beside it any more', () => {
  const all: Selection = { runs: ['1', '2', '3'], reference: '2', beside: '3', outcome: 'BROKEN', metric: 'macroF1' };
  expect(without(all, '1')).toBe('/compare?runs=2,3&samples=broken&metric=macroF1');
  expect(without(all, '2')).toBe('/compare?runs=1,3&samples=broken&metric=macroF1');
  expect(without(all, '3')).toBe('/compare?runs=1,2&reference=2&samples=broken&metric=macroF1');
});
