import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EvaluationInputError, mcnemar, reportedAccuracy, reportedPair } from '../src/index.ts';

test('the published accuracies of FER-2013 have these intervals', () => {
  // Wilson’s formula written out in Python; golden.test.ts holds the interval itself against statsmodels.
  const estimate = reportedAccuracy(0.8644, 3589);
  expect(estimate).toMatchObject({ value: 3102 / 3589, method: 'wilson' });
  if (estimate.value === null) throw new Error('it has a value');
  expect(estimate.low).toBeCloseTo(0.852713, 5);
  expect(estimate.high).toBeCloseTo(0.875123, 5);
});

test('86.44 and 85.72 % are 26 samples apart, which few disagreements would make significant', () => {
  const pair = reportedPair(0.8572, 0.8644, 3589);
  expect(pair).toMatchObject({ samples: 3589, difference: 26 });
  const { mostDiscordant } = pair;
  expect(mostDiscordant).not.toBeNull();
  const p = (discordant: number): number => mcnemar((discordant + 26) / 2, (discordant - 26) / 2).midP;
  expect(p(mostDiscordant!)).toBeLessThan(0.05);
  expect(p(mostDiscordant! + 2)).toBeGreaterThanOrEqual(0.05);
  // Independent errors would give far more.
  expect(pair.independent.discordant).toBeGreaterThan(mostDiscordant!);
  expect(pair.independent.p).toBeGreaterThan(0.05);
});

test('a single sample between two models is never significant', () => {
  expect(reportedPair(0.5, 0.51, 100).mostDiscordant).toBeNull();
});

test('the bound is the largest number of discordant samples at which the test says that they differ', () => {
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 400 }), fc.nat(), fc.nat(), (samples, a, b) => {
      const [first, second] = [(a % (samples + 1)) / samples, (b % (samples + 1)) / samples];
      const { difference, mostDiscordant, independent } = reportedPair(first, second, samples);
      const p = (discordant: number): number =>
        mcnemar((discordant + difference) / 2, (discordant - difference) / 2).midP;
      const least = Math.abs(difference);
      const right = Math.round(first * samples) + Math.round(second * samples);
      const most = Math.min(right, 2 * samples - right);
      const all = Array.from({ length: (most - least) / 2 + 1 }, (_, i) => least + 2 * i);
      const expected = all.filter((discordant) => p(discordant) < 0.05).at(-1) ?? null;
      expect(mostDiscordant).toBe(expected);
      expect(all).toContain(independent.discordant);
    }),
  );
});

test('what is no accuracy is refused by name', () => {
  expect(() => reportedAccuracy(86.44, 3589)).toThrow(EvaluationInputError);
  expect(() => reportedPair(0.5, 1.2, 100)).toThrow(/second/);
  expect(() => reportedPair(0.5, 0.6, 0)).toThrow(/samples/);
});
