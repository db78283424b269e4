import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accuracyCoverage, evaluate, NO_PREDICTION, type Predictions } from '../src/index.ts';
import { example, uncovered } from './support/scored.ts';

/** Two classes; each row is whether the prediction is right, and its confidence in sixteenths; none: no prediction. */
function answers(rows: readonly (readonly [boolean, number] | null)[]): Predictions {
  return {
    labels: ['a', 'b'],
    truth: Int16Array.from(rows, (row) => (row && !row[0] ? 1 : 0)),
    predicted: Int16Array.from(rows, (row) => (row ? 0 : NO_PREDICTION)),
    scores: Float32Array.from(rows.flatMap((row) => (row ? [row[1] / 16, 1 - row[1] / 16] : [0, 0]))),
  };
}

const rows = fc.array(fc.option(fc.tuple(fc.boolean(), fc.integer({ min: 8, max: 16 })), { freq: 6 }), {
  minLength: 1,
  maxLength: 40,
});

describe('accuracy under abstention', () => {
  test('a hand-worked case: the surest are kept first', () => {
    const { points, riskCoverageArea } = accuracyCoverage(
      answers([[true, 16], [false, 14], null, [true, 12], [true, 12]]),
    );
    expect(points).toEqual([
      { threshold: 1, coverage: 0.2, accuracy: 1 },
      { threshold: 14 / 16, coverage: 0.4, accuracy: 0.5 },
      { threshold: 12 / 16, coverage: 0.8, accuracy: 0.75 },
    ]);
    // Shares of errors among the first one, two, three and four.
    expect(riskCoverageArea.value).toBeCloseTo((0 + 1 / 2 + 1 / 3 + 1 / 4) / 4, 12);
  });

  test('of samples with one confidence has the mean area of all their orders', () => {
    // Right and wrong: the orders have the areas (0 + 1/2) / 2 and (1 + 1/2) / 2.
    const { riskCoverageArea } = accuracyCoverage(
      answers([
        [true, 12],
        [false, 12],
      ]),
    );
    expect(riskCoverageArea.value).toBeCloseTo(0.5, 12);
  });

  test('ends at the share of samples with a prediction, with the accuracy of those', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const p = answers(all);
        const { points, riskCoverageArea } = accuracyCoverage(p);
        const { covered, metrics } = evaluate(p, { draws: 2 });
        if (covered === 0) {
          expect(points).toEqual([]);
          expect(riskCoverageArea.value).toBeNull();
          return;
        }
        const last = points.at(-1)!;
        expect(last.coverage).toBeCloseTo(covered / all.length, 12);
        expect(last.accuracy).toBeCloseTo(metrics.coveredAccuracy.value!, 12);
        for (const [i, point] of points.entries()) {
          const kept = all.filter((row) => row && row[1] / 16 >= point.threshold);
          expect(point.coverage).toBeCloseTo(kept.length / all.length, 12);
          expect(point.accuracy).toBeCloseTo(kept.filter((row) => row![0]).length / kept.length, 12);
          if (i > 0) expect(point.threshold).toBeLessThan(points[i - 1]!.threshold);
        }
        expect(riskCoverageArea.value).toBeGreaterThanOrEqual(0);
        expect(riskCoverageArea.value).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('counts a sample of weight 2 as two samples', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const twice = accuracyCoverage(answers(all.flatMap((row) => [row, row])));
        const weighted = accuracyCoverage({ ...answers(all), weights: new Float64Array(all.length).fill(2) });
        expect(weighted.points).toEqual(twice.points);
      }),
    );
  });

  test('is undefined with a reason where there is no prediction, and is in the evaluation', () => {
    expect(accuracyCoverage(uncovered).riskCoverageArea).toEqual({ value: null, reason: 'no sample has a prediction' });
    const { scores } = evaluate(example, { draws: 2 });
    expect(scores).toMatchObject({ riskCoverageArea: accuracyCoverage(example).riskCoverageArea });
  });
});
