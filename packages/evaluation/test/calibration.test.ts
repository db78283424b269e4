import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calibration, NO_PREDICTION, type Predictions } from '../src/index.ts';
import { example, numberOf, predictionsOf, rowsOf, uncovered, weighted } from './support/scored.ts';

describe('calibration', () => {
  /**
   * Guo et al.'s definition in numpy, with p = s.argmax(1), c = s.max(1), k = np.searchsorted(np.arange(1, B) / B, c):
   * gaps = [abs(np.average((t == p)[k == b]) - np.average(c[k == b])) for b in np.unique(k)], weighted by the bins' shares.
   */
  test('has the errors of the definition, with and without weights', () => {
    expect(numberOf(calibration(example).expectedError)).toBeCloseTo(0.197_916_666_666_666_66, 12);
    expect(numberOf(calibration(example).maximumError)).toBeCloseTo(0.5, 12);
    expect(numberOf(calibration(weighted).expectedError)).toBeCloseTo(0.285_156_25, 12);
    expect(numberOf(calibration(weighted).maximumError)).toBeCloseTo(0.6, 12);
    expect(numberOf(calibration(example, { bins: 5 }).expectedError)).toBeCloseTo(0.156_25, 12);
  });

  test('says of each bin how many samples it has, how sure and how right they are', () => {
    const { bins } = calibration(example, { bins: 5 });
    expect(bins.map(({ low, high, count }) => [low, high, count])).toEqual([
      [0, 0.2, 0],
      [0.2, 0.4, 1],
      [0.4, 0.6, 4],
      [0.6, 0.8, 5],
      [0.8, 1, 2],
    ]);
    expect(bins[0]!.accuracy).toEqual({ value: null, reason: 'no sample is in this bin' });
    expect(bins[0]!.confidence).toEqual({ value: null, reason: 'no sample is in this bin' });
    expect(numberOf(bins[3]!.confidence)).toBeCloseTo(0.7, 12);
    // statsmodels.stats.proportion.proportion_confint(4, 5, method='wilson')
    const low = expect.closeTo(0.375_534_629_762_525_2, 9) as number;
    const high = expect.closeTo(0.963_775_891_367_569_8, 9) as number;
    expect(bins[3]!.accuracy).toEqual({ value: 0.8, low, high, method: 'wilson' });
    expect(calibration(weighted, { bins: 5 }).bins[3]!.accuracy).not.toHaveProperty('low');
  });

  test('puts a confidence on an edge into the lower bin', () => {
    const p = predictionsOf([{ truth: 0, scores: [0.5, 0.5], abstains: false, weight: 1 }], 2);
    expect(calibration(p, { bins: 4 }).bins.map(({ count }) => count)).toEqual([0, 1, 0, 0]);
  });

  test('has bins of equally many samples where confidences differ', () => {
    const n = 100;
    const scores = Array.from({ length: n }, (_, i) => 0.5 + (i + 1) / 256);
    const p: Predictions = {
      labels: ['a', 'b'],
      truth: new Int16Array(n),
      predicted: new Int16Array(n),
      scores: Float32Array.from(scores.flatMap((score) => [score, 1 - score])),
    };
    for (const bins of [1, 4, 5, 10, 100]) {
      const counts = calibration(p, { bins, strategy: 'quantile' }).bins.map(({ count }) => count);
      expect(counts).toEqual(new Array<number>(bins).fill(n / bins));
    }
  });

  test('keeps equal confidences in one bin', () => {
    // confidences: 0.375 once, 0.5 four times, 0.625 twice, 0.75 three times and 1 twice: quartiles 0.5, 0.625, 0.75
    const { bins } = calibration(example, { bins: 4, strategy: 'quantile' });
    expect(bins.map(({ low, high, count }) => [low, high, count])).toEqual([
      [0, 0.5, 5],
      [0.5, 0.625, 2],
      [0.625, 0.75, 3],
      [0.75, 1, 2],
    ]);
    const same = predictionsOf(
      new Array(9).fill({ truth: 0, scores: [0.75, 0.25], abstains: false, weight: 1 }) as never,
      2,
    );
    expect(calibration(same, { strategy: 'quantile' }).bins).toMatchObject([{ low: 0, high: 1, count: 9 }]);
  });

  test('has no error where certain predictions are right, and all where they are wrong', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 1 }), fc.constantFrom('uniform', 'quantile'), (truth, strategy) => {
        const of = (predicted: readonly number[]): Predictions => ({
          labels: ['a', 'b', 'c', 'd', 'e'],
          truth: Int16Array.from(truth),
          predicted: Int16Array.from(predicted),
          scores: Float32Array.from(predicted.flatMap((c) => [0, 1, 2, 3, 4].map((other) => (other === c ? 1 : 0)))),
        });
        const right = calibration(of(truth), { strategy });
        expect([right.expectedError, right.maximumError]).toMatchObject([{ value: 0 }, { value: 0 }]);
        const wrong = calibration(of(truth.map((c) => (c + 1) % 5)), { strategy });
        expect([wrong.expectedError, wrong.maximumError]).toMatchObject([{ value: 1 }, { value: 1 }]);
      }),
    );
  });

  test('has an expected error no larger than the maximum one, and every covered sample in a bin', () => {
    const options = fc.record({
      bins: fc.integer({ min: 1, max: 20 }),
      strategy: fc.constantFrom('uniform', 'quantile'),
    });
    fc.assert(
      fc.property(rowsOf(3), options, (rows, chosen) => {
        const p = predictionsOf(rows, 3);
        const { bins, expectedError, maximumError } = calibration(p, chosen);
        const covered = p.predicted.filter((label) => label !== NO_PREDICTION).length;
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(covered);
        expect(bins.length).toBeLessThanOrEqual(chosen.bins);
        bins.forEach(({ low, high }, b) => {
          expect(low).toBe(b === 0 ? 0 : bins[b - 1]!.high);
          expect(high).toBeGreaterThan(low);
        });
        if (covered > 0) expect(numberOf(expectedError)).toBeLessThanOrEqual(numberOf(maximumError) + 1e-12);
      }),
      { numRuns: 100 },
    );
  });

  test('has empty bins where no sample is covered', () => {
    expect(calibration(uncovered, { bins: 3 }).bins.map(({ count }) => count)).toEqual([0, 0, 0]);
    expect(calibration(uncovered, { strategy: 'quantile' }).bins).toMatchObject([{ low: 0, high: 1, count: 0 }]);
  });

  test.each([
    [{ bins: 0 }, 'bins'],
    [{ bins: 2.5 }, 'bins'],
    [{ strategy: 'other' as 'uniform' }, 'strategy'],
    [{ confidence: 1 }, 'confidence'],
  ])('does not accept %o', (options, argument) => {
    expect(() => calibration(example, options)).toThrow(expect.objectContaining({ argument }));
  });
});
