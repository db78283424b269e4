import { expect, test } from 'vitest';
import { estimateRun, type RunToCome } from '../src/estimates/estimate-run.ts';
import type { PastPhase } from '../src/estimates/read-history.ts';

const HERE = 'a processor';
const RUN: RunToCome = { modelConfigId: 1n, restorationConfigId: 2n, samples: 1000, cached: 0 };

const past = (phase: PastPhase['phase'], seconds: number, more: Partial<PastPhase> = {}): PastPhase => ({
  modelConfigId: 1n,
  restorationConfigId: 2n,
  hardware: HERE,
  phase,
  samples: 100,
  cached: 0,
  seconds,
  price: null,
  currency: null,
  energyJoules: null,
  ...more,
});

const estimate = (run: Partial<RunToCome>, history: PastPhase[]) => estimateRun({ ...RUN, ...run }, history, [HERE]);

const phaseOf = (phase: string, { phases }: ReturnType<typeof estimate>) => phases.find((p) => p.phase === phase);

test('a run takes as long as the slower of preparation and model, and then the evaluation', () => {
  const history = [past('PREPROCESSING', 2), past('INFERENCE', 5), past('EVALUATION', 0.1)];
  expect(estimate({}, history).seconds).toBeCloseTo(51);
});

test('the median of earlier runs counts, with the fastest and the slowest as its range', () => {
  const history = [1, 9, 2].map((seconds) => past('INFERENCE', seconds));
  expect(phaseOf('INFERENCE', estimate({}, history))).toMatchObject({ seconds: 20, low: 10, high: 90, runs: 3, basis: 'SAME' }); // prettier-ignore
});

test('where nothing like it has run, nothing is guessed', () => {
  expect(estimate({}, [])).toEqual({ seconds: null, phases: [], energyJoules: null, price: null, currency: null });
  const half = estimate({}, [past('INFERENCE', 5), past('EVALUATION', 1)]);
  expect(half.seconds).toBeNull();
  expect(half.phases).toHaveLength(2);
});

test('the model is known by its runs with other restorations, the restoration by its runs with other models', () => {
  const history = [
    past('INFERENCE', 5, { restorationConfigId: 9n }),
    past('PREPROCESSING', 1, { restorationConfigId: 9n }),
    past('PREPROCESSING', 7, { modelConfigId: 9n }),
    past('EVALUATION', 1, { modelConfigId: 9n }),
  ];
  const result = estimate({}, history);
  expect(result.seconds).toBeCloseTo(80);
  expect(phaseOf('INFERENCE', result)!.basis).toBe('SAME_MODEL');
  expect(phaseOf('PREPROCESSING', result)!.basis).toBe('SAME_RESTORATION');
});

test('pictures that are restored already cost what runs that found them paid', () => {
  const fresh = past('PREPROCESSING', 10);
  const read = past('PREPROCESSING', 1, { cached: 100 });
  const seconds = (cached: number, history: PastPhase[]) => phaseOf('PREPROCESSING', estimate({ cached }, history));
  expect(seconds(0, [fresh, read])!.seconds).toBeCloseTo(100);
  expect(seconds(1000, [fresh, read])!.seconds).toBeCloseTo(10);
  expect(seconds(500, [fresh, read])!.seconds).toBeCloseTo(55);
  // Nobody knows what it costs to read them.
  expect(seconds(500, [fresh])).toMatchObject({ seconds: 100, atMost: true });
  // Nobody knows what it costs to make them.
  expect(seconds(500, [read])).toBeUndefined();
  // Half of a run's pictures were there: it tells neither.
  expect(seconds(500, [past('PREPROCESSING', 5, { cached: 50 })])).toBeUndefined();
});

test('runs on a processor that is there are preferred to all others', () => {
  const other = past('INFERENCE', 50, { hardware: 'another' });
  expect(phaseOf('INFERENCE', estimate({}, [other, past('INFERENCE', 5)]))).toMatchObject({ seconds: 50, otherHardware: false }); // prettier-ignore
  expect(phaseOf('INFERENCE', estimate({}, [other]))).toMatchObject({ seconds: 500, otherHardware: true });
});

test('price and energy are told where they are known of every phase, in one currency', () => {
  const paid = { price: 0.2, currency: 'EUR', energyJoules: 30 };
  const history = [past('PREPROCESSING', 1, paid), past('INFERENCE', 1, paid), past('EVALUATION', 1, paid)];
  const whole = estimate({}, history);
  expect(whole.currency).toBe('EUR');
  expect(whole.price).toBeCloseTo(6);
  expect(whole.energyJoules).toBeCloseTo(900);
  const mixed = [...history, past('INFERENCE', 1, { ...paid, currency: 'USD' })];
  expect(estimate({}, mixed)).toMatchObject({ price: null, currency: null });
  expect(estimate({}, history.slice(1))).toMatchObject({ price: null, energyJoules: null });
});
