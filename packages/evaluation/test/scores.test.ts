import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  brierScore,
  calibration,
  checkScores,
  EvaluationInputError,
  logLoss,
  macroAveragePrecision,
  macroRocAuc,
  precisionRecallCurve,
  rocCurve,
  thinCurve,
  type Estimate,
  type Predictions,
} from '../src/index.ts';
import { sortByScore } from '../src/scores/sort-by-score.ts';
import { differs, example, numberOf, predictionsOf, repeated, rowsOf, uncovered, weighted } from './support/scored.ts';

/** Every figure of scores, for properties that hold of all. */
const figures: Record<string, (p: Predictions) => Estimate> = {
  logLoss: (p) => logLoss(p),
  brierScore: (p) => brierScore(p),
  expectedError: (p) => calibration(p).expectedError,
  maximumError: (p) => calibration(p).maximumError,
  expectedErrorOfQuantiles: (p) => calibration(p, { strategy: 'quantile', bins: 4 }).expectedError,
  rocAuc: (p) => rocCurve(p, 0).auc,
  averagePrecision: (p) => precisionRecallCurve(p, 0).averagePrecision,
  precisionRecallAuc: (p) => precisionRecallCurve(p, 0).auc,
  macroRocAuc,
  macroAveragePrecision,
};

describe('logarithmic loss', () => {
  test('is that of scikit-learn, with and without weights', () => {
    // log_loss(t, s); log_loss(t, s, sample_weight=w)
    expect(numberOf(logLoss(example))).toBeCloseTo(3.682_532_667_138_442, 12);
    expect(numberOf(logLoss(weighted))).toBeCloseTo(4.011_996_670_596_954, 12);
  });

  test("has Student's interval, cut at 0, unless there are weights", () => {
    // l = -np.log(np.clip(s[np.arange(12), t], 2**-52, 1 - 2**-52))
    // scipy.stats.t.interval(0.95, 11, l.mean(), scipy.stats.sem(l)) = (-2.80, 10.167754127473080)
    const loss = logLoss(example);
    expect(loss).toMatchObject({ low: 0, method: 'student t' });
    expect((loss as { high: number }).high).toBeCloseTo(10.167_754_127_473_08, 9);
    expect(logLoss(weighted)).toMatchObject({ method: 'none' });
    expect(logLoss(weighted)).not.toHaveProperty('low');
  });

  test('of a certain error is that of 2^-52', () => {
    const certain = { labels: ['a', 'b'], truth: Int16Array.of(0), predicted: Int16Array.of(1) };
    const loss = logLoss({ ...certain, scores: Float32Array.of(0, 1) });
    expect(loss).toEqual({ value: expect.closeTo(52 * Math.LN2, 12) as number, method: 'none' });
  });
});

describe("Brier's score", () => {
  test('is that of scikit-learn, with and without weights', () => {
    // brier_score_loss(t, s, scale_by_half=False); the same with sample_weight=w
    expect(numberOf(brierScore(example))).toBeCloseTo(0.554_687_5, 12);
    expect(numberOf(brierScore(weighted))).toBeCloseTo(0.553_710_937_5, 12);
  });

  test("has Student's interval of the confidence asked for", () => {
    // b = ((s - np.eye(3)[t]) ** 2).sum(1); scipy.stats.t.interval(0.95, 11, b.mean(), scipy.stats.sem(b)); with 0.99
    const [usual, wider] = [brierScore(example), brierScore(example, 0.99)] as { low: number; high: number }[];
    expect(usual!.low).toBeCloseTo(0.184_763_634_410_520_13, 9);
    expect(usual!.high).toBeCloseTo(0.924_611_365_589_479_9, 9);
    expect(wider!.low).toBeCloseTo(0.032_688_545_698_350_67, 9);
    expect(wider!.high).toBeCloseTo(1.076_686_454_301_649_2, 9);
  });

  test('is 0 for certain right scores and 2 for certain wrong ones, and its interval stays within', () => {
    const scores = Float32Array.of(1, 0, 1, 0, 1, 0);
    const p = { labels: ['a', 'b'], predicted: Int16Array.of(0, 0, 0), scores };
    expect(brierScore({ ...p, truth: Int16Array.of(0, 0, 0) })).toMatchObject({ value: 0, low: 0, high: 0 });
    expect(brierScore({ ...p, truth: Int16Array.of(1, 1, 1) })).toMatchObject({ value: 2, low: 2, high: 2 });
    expect(brierScore({ ...p, truth: Int16Array.of(1, 1, 0) })).toMatchObject({ low: 0, high: 2 });
  });
});

describe('figures of scores', () => {
  test.each(Object.entries(figures))('%s is undefined, with a reason, where no sample is covered', (_, figure) => {
    const nothing = { value: null, reason: 'no sample that counts has a prediction' };
    expect(figure(uncovered)).toEqual(nothing);
    const weights = Float64Array.from(example.truth, (_, i) => (i === 12 ? 1 : 0));
    expect(figure({ ...example, weights })).toEqual(nothing);
  });

  test.each(Object.entries(figures))('%s with weights of one is as without', (_, figure) => {
    fc.assert(
      fc.property(rowsOf(3), (rows) => {
        const p = predictionsOf(rows, 3);
        const weights = new Float64Array(rows.length).fill(1);
        expect(figure({ ...p, weights }).value).toBe(figure(p).value);
      }),
      { numRuns: 50 },
    );
  });

  test.each(Object.entries(figures))('%s with whole weights is as with repeated samples', (_, figure) => {
    fc.assert(
      fc.property(
        rowsOf(3),
        (rows) => !differs(figure(predictionsOf(rows, 3, true)), figure(predictionsOf(repeated(rows), 3))),
      ),
      { numRuns: 50 },
    );
  });

  test.each(Object.entries(figures))('%s does not depend on the order of the samples', (_, figure) => {
    const shuffled = rowsOf(3).chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    );
    fc.assert(
      fc.property(
        shuffled,
        ([rows, other]) => !differs(figure(predictionsOf(rows, 3, true)), figure(predictionsOf(other, 3, true))),
      ),
      { numRuns: 50 },
    );
  });

  test.each(Object.entries(figures))('%s is in its bounds and inside its interval, without NaN', (name, figure) => {
    const highest = { logLoss: 37, brierScore: 2 }[name] ?? 1;
    fc.assert(
      fc.property(rowsOf(4), fc.boolean(), (rows, weights) => {
        const estimate = figure(predictionsOf(rows, 4, weights));
        expect(JSON.parse(JSON.stringify(estimate))).toEqual(estimate);
        if (estimate.value === null) return;
        const { value, low = value, high = value } = estimate;
        expect(0 <= low && low <= value && value <= high).toBe(true);
        // scores as float32 may have a sum a little over 1
        expect(value).toBeLessThanOrEqual(highest + 1e-6);
      }),
      { numRuns: 100 },
    );
  });
});

describe('scores', () => {
  const scores = (i: number, value: number) => {
    const changed = Float32Array.from(example.scores!);
    changed[i] = value;
    return { ...example, scores: changed };
  };

  test('are read only where there is a prediction', () => {
    expect(() => {
      checkScores(example);
    }).not.toThrow();
  });

  test.each([
    ['a negative one', scores(4, -0.25), 4],
    ['NaN', scores(5, NaN), 5],
    ['infinity', scores(6, Infinity), 6],
    ['a row with another sum', scores(7, 0.505), 6],
    ['none', { ...example, scores: undefined as unknown as Float32Array }, undefined],
    ['too few', { ...example, scores: new Float32Array(4) }, undefined],
  ])('that are not distributions are named: %s', (_, p, index) => {
    try {
      checkScores(p);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(EvaluationInputError);
      expect(error).toMatchObject({ argument: 'scores', index });
    }
  });

  test('are right with a sum within 0.001 of 1', () => {
    expect(() => {
      checkScores(scores(7, 0.5009));
    }).not.toThrow();
  });

  test.each([0, 1, NaN])('have no interval of the confidence %d', (confidence) => {
    for (const figure of [logLoss, brierScore]) {
      expect(() => figure(example, confidence)).toThrow(expect.objectContaining({ argument: 'confidence' }));
    }
  });
});

describe('sorting by score', () => {
  test('is that of a stable sort from the highest on', () => {
    const score = fc.oneof(fc.float({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, -0, 0.5, 1));
    fc.assert(
      fc.property(fc.array(score), (values) => {
        const scores = Float32Array.from(values);
        const expected = Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]!);
        expect([...sortByScore(scores)]).toEqual(expected);
      }),
    );
  });
});

describe('a thinned curve', () => {
  test('keeps the first and the last point, the order, and no more points than asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 2, max: 120 }), (length, maximum) => {
        const points = Array.from({ length }, (_, i) => i);
        const thin = thinCurve(points, maximum);
        expect(thin).toHaveLength(Math.min(length, maximum));
        expect([thin[0], thin.at(-1)]).toEqual([points[0], points.at(-1)]);
        expect(new Set(thin).size).toBe(thin.length);
        expect([...thin].sort((a, b) => a - b)).toEqual(thin);
      }),
    );
  });

  test.each([1, 0, 2.5, NaN])('can not have %d points', (maximum) => {
    expect(() => thinCurve([1, 2, 3], maximum)).toThrow(expect.objectContaining({ argument: 'maximum' }));
  });
});
