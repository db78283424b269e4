import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, EvaluationInputError, type Estimate, type Predictions } from '../src/index.ts';

const value = (e: Estimate): number | null => e.value;

/** y_true = [0,0,0,1,1,2], y_pred = [0,0,1,1,1,0]: figures by scikit-learn 1.7, zero_division=0. */
const example: Predictions = {
  labels: ['a', 'b', 'c'],
  truth: Int16Array.of(0, 0, 0, 1, 1, 2),
  predicted: Int16Array.of(0, 0, 1, 1, 1, 0),
};

const predictionsOf = (labels: number) =>
  fc
    .array(fc.tuple(fc.nat(labels - 1), fc.integer({ min: -1, max: labels - 1 })), { minLength: 1, maxLength: 80 })
    .map((pairs): Predictions => ({
      labels: Array.from({ length: labels }, (_, i) => `label ${i}`),
      truth: Int16Array.from(pairs, ([t]) => t),
      predicted: Int16Array.from(pairs, ([, p]) => p),
    }));

/** Distributions over three classes for the six samples of the example, but for one score. */
function scoresWith(at: number, score: number): Float32Array {
  return Float32Array.from({ length: 18 }, (_, i) => (i === at ? score : i % 3 === 0 ? 1 : 0));
}

describe('the evaluation of a run', () => {
  test('gives the metrics that scikit-learn gives', () => {
    const { metrics } = evaluate(example);
    expect(value(metrics.accuracy)).toBeCloseTo(4 / 6, 12);
    expect(value(metrics.balancedAccuracy)).toBeCloseTo((2 / 3 + 1 + 0) / 3, 12);
    expect(value(metrics.macroPrecision)).toBeCloseTo((2 / 3 + 2 / 3 + 0) / 3, 12);
    expect(value(metrics.macroF1)).toBeCloseTo((2 / 3 + 0.8 + 0) / 3, 12);
    expect(value(metrics.weightedF1)).toBeCloseTo((3 * (2 / 3) + 2 * 0.8) / 6, 12);
  });

  test('gives 86.44 % of 3,589 the interval of Wilson', () => {
    const truth = new Int16Array(3589);
    const predicted = Int16Array.from({ length: 3589 }, (_, i) => (i < 3102 ? 0 : 1));
    const { accuracy } = evaluate({ labels: ['a', 'b'], truth, predicted }).metrics;
    // statsmodels.stats.proportion.proportion_confint(3102, 3589, method='wilson')
    expect(accuracy).toMatchObject({ method: 'wilson' });
    expect((accuracy as { low: number }).low).toBeCloseTo(0.852_713_303_686_559_5, 12);
    expect((accuracy as { high: number }).high).toBeCloseTo(0.875_122_875_552_571_4, 12);
  });

  test('counts a sample without a prediction as wrong, and says how many there are', () => {
    const result = evaluate({ ...example, predicted: Int16Array.of(0, 0, -1, 1, 1, -1) });
    expect(result.covered).toBe(4);
    expect(value(result.metrics.accuracy)).toBeCloseTo(4 / 6, 12);
    expect(value(result.metrics.coveredAccuracy)).toBe(1);
    expect(result.confusion.none).toEqual([1, 0, 1]);
  });

  test('says why the precision of a class that is never predicted is undefined', () => {
    expect(evaluate(example).perClass[2]!.precision).toEqual({ value: null, reason: 'c is never predicted' });
  });

  test('is the same for the same seed and differs in its intervals for another', () => {
    const first = evaluate(example, { seed: 7 });
    expect(evaluate(example, { seed: 7 })).toEqual(first);
    // few samples have few distinct draws; a hundred have enough to tell the seeds apart
    const truth = Int16Array.from({ length: 100 }, (_, i) => i % 3);
    const predicted = Int16Array.from({ length: 100 }, (_, i) => (i % 7) % 3);
    const larger = { labels: example.labels, truth, predicted };
    const intervals = [7, 8].map((seed) => evaluate(larger, { seed }).metrics.macroF1);
    expect(intervals[0]).not.toEqual(intervals[1]);
  });

  test('holds every value in 0..1 and inside its interval, without NaN', () => {
    fc.assert(
      fc.property(predictionsOf(4), (predictions) => {
        const result = evaluate(predictions, { draws: 50 });
        expect(JSON.parse(JSON.stringify(result))).toEqual(result);
        for (const [name, estimate] of Object.entries(result.metrics)) {
          if (estimate.value === null) continue;
          const lowest = ['cohenKappa', 'matthewsCorrelation'].includes(name) ? -1 : 0;
          expect(estimate.value).toBeGreaterThanOrEqual(lowest);
          expect(estimate.value).toBeLessThanOrEqual(1);
          expect(estimate.low!).toBeLessThanOrEqual(estimate.high!);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('does not depend on the order of the samples', () => {
    fc.assert(
      fc.property(predictionsOf(3), (p) => {
        const reversed = { ...p, truth: p.truth.toReversed(), predicted: p.predicted.toReversed() };
        expect(evaluate(reversed, { draws: 20 })).toEqual(evaluate(p, { draws: 20 }));
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    [{ ...example, predicted: Int16Array.of(0, 0, 3, 1, 1, 0) }, 'predicted', 2],
    [{ ...example, truth: Int16Array.of(0, 0, 0, 1, 1, -1) }, 'truth', 5],
    [{ ...example, predicted: Int16Array.of(0) }, 'predicted', undefined],
    [{ ...example, truth: new Int16Array(), predicted: new Int16Array() }, 'truth', undefined],
    [{ ...example, labels: ['only'] }, 'labels', undefined],
    [{ ...example, scores: new Float32Array(3) }, 'scores', undefined],
    [{ ...example, scores: scoresWith(7, -0.5) }, 'scores', 7],
    [{ ...example, scores: scoresWith(7, Number.NaN) }, 'scores', 7],
    [{ ...example, scores: scoresWith(7, 0.5) }, 'scores', 6],
    [{ ...example, weights: Float64Array.of(1, 1, 1, -1, 1, 1) }, 'weights', 3],
    [{ ...example, weights: Float64Array.of(1, 1, 1, 1, Number.NaN, 1) }, 'weights', 4],
    [{ ...example, latencyMicros: new Int32Array(2) }, 'latencyMicros', undefined],
  ])('names the argument and the index of what it can not accept (%#)', (predictions, argument, index) => {
    try {
      evaluate(predictions);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(EvaluationInputError);
      expect(error).toMatchObject({ argument, index });
    }
  });
});
