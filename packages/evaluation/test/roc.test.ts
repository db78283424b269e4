import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateScores, macroAveragePrecision, macroRocAuc, precisionRecallCurve, rocCurve } from '../src/index.ts';
import { binary, example, numberOf, predictionsOf, rowsOf, weighted } from './support/scored.ts';

/** Truth, and scores in 64ths: float32 holds them, their squares and their complements exactly. */
const samples = fc
  .array(fc.tuple(fc.nat(1), fc.integer({ min: 0, max: 64 })), { minLength: 2, maxLength: 60 })
  .filter((pairs) => new Set(pairs.map(([truth]) => truth)).size === 2);

describe('the ROC curve', () => {
  test('has the points of scikit-learn', () => {
    // roc_curve(t == 2, s[:, 2], drop_intermediate=False)
    expect(rocCurve(example, 2).points).toEqual(
      [
        [null, 0, 0],
        [1, 0, 0.2],
        [0.75, 0, 0.4],
        [0.375, 0, 0.6],
        [0.25, 3 / 7, 0.6],
        [0.125, 6 / 7, 0.8],
        [0, 1, 1],
      ].map(([threshold, falsePositiveRate, truePositiveRate]) => ({ threshold, falsePositiveRate, truePositiveRate })),
    );
  });

  test('has the points of scikit-learn with weights, without a sample of weight 0', () => {
    // roc_curve(t == 2, s[:, 2], sample_weight=w, drop_intermediate=False)
    const { points } = rocCurve(weighted, 2);
    expect(points.map(({ threshold }) => threshold)).toEqual([null, 1, 0.375, 0.25, 0.125, 0]);
    const close = (values: number[]) => values.map((v) => expect.closeTo(v, 12) as number);
    expect(points.map((p) => p.falsePositiveRate)).toEqual(close([0, 0, 0, 5 / 11, 8 / 11, 1]));
    expect(points.map((p) => p.truePositiveRate)).toEqual(close([0, 0.2, 0.6, 0.6, 0.7, 1]));
  });

  test('has the areas of scikit-learn, of each class and on average', () => {
    // [roc_auc_score(t == c, s[:, c]) for c in range(3)]; with sample_weight=w
    const areas = [0.703_125, 0.925_925_925_925_925_9, 0.685_714_285_714_285_7];
    const ofWeighted = [0.718_253_968_253_968_1, 0.927_083_333_333_333_4, 0.681_818_181_818_181_8];
    for (const c of [0, 1, 2]) {
      expect(numberOf(rocCurve(example, c).auc)).toBeCloseTo(areas[c]!, 12);
      expect(numberOf(rocCurve(weighted, c).auc)).toBeCloseTo(ofWeighted[c]!, 12);
    }
    // roc_auc_score(t, s, multi_class='ovr', average='macro'); the mean of those with weights
    expect(numberOf(macroRocAuc(example))).toBeCloseTo(0.771_588_403_880_070_6, 12);
    expect(numberOf(macroRocAuc(weighted))).toBeCloseTo(0.775_718_494_468_494_4, 12);
  });

  test("has DeLong's interval, cut at 1, unless there are weights", () => {
    // a, b = s[t == c, c], s[t != c, c]; psi = (a[:, None] > b) + 0.5 * (a[:, None] == b)
    // e = np.sqrt(psi.mean(1).var(ddof=1) / len(a) + psi.mean(0).var(ddof=1) / len(b))
    // scipy.stats.norm.interval(0.95, psi.mean(), e)
    const lows = [0.390_101_616_625_250_56, 0.779_613_566_474_591_2, 0.290_237_039_863_903_5];
    for (const c of [0, 1, 2]) {
      const { auc } = rocCurve(example, c);
      expect(auc).toMatchObject({ low: expect.closeTo(lows[c]!, 9) as number, high: 1, method: 'delong' });
      expect(rocCurve(weighted, c).auc).not.toHaveProperty('low');
    }
    // the same with 0.5 instead of 0.95: half the confidence, and nothing is cut
    const { auc } = rocCurve(example, 2, 0.5);
    const spread = (0.685_714_285_714_285_7 - lows[2]!) * (0.674_489_750_196_081_7 / 1.959_963_984_540_054);
    expect((auc as { high: number }).high).toBeCloseTo(0.685_714_285_714_285_7 + spread, 9);
  });

  test('keeps a narrow interval where one pair of very many is in the wrong order', () => {
    const n = 20_000;
    const scores = Array.from({ length: 2 * n }, (_, i) => (i < n ? i / (4 * n) : 0.5 + i / (8 * n)));
    [scores[n - 1], scores[n]] = [scores[n]!, scores[n - 1]!];
    const { auc } = rocCurve(
      binary(
        scores.map((_, i) => (i < n ? 0 : 1)),
        scores,
      ),
      1,
    );
    // Of each kind one placement is 1 - 1/n and the others are 1: each has the variance 1/n^2 of n placements, over n.
    expect(numberOf(auc)).toBeCloseTo(1 - 1 / n ** 2, 14);
    const error = Math.sqrt(2 / n) * Math.sqrt((1 / n ** 2) * (1 / n));
    expect((1 - (auc as { low: number }).low - 1 / n ** 2) / (1.959_963_984_540_054 * error)).toBeCloseTo(1, 4);
  });

  test('is the same for scores that are transformed without changing their order', () => {
    fc.assert(
      fc.property(samples, (pairs) => {
        const truth = pairs.map(([t]) => t);
        const straight = rocCurve(
          binary(
            truth,
            pairs.map(([, score]) => score / 64),
          ),
          1,
        );
        const squared = rocCurve(
          binary(
            truth,
            pairs.map(([, score]) => (score / 64) ** 2),
          ),
          1,
        );
        expect(squared.auc).toEqual(straight.auc);
      }),
    );
  });

  test('has one minus the area for reversed scores', () => {
    fc.assert(
      fc.property(samples, (pairs) => {
        const truth = pairs.map(([t]) => t);
        const straight = rocCurve(
          binary(
            truth,
            pairs.map(([, score]) => score / 64),
          ),
          1,
        );
        const reversed = rocCurve(
          binary(
            truth,
            pairs.map(([, score]) => 1 - score / 64),
          ),
          1,
        );
        expect(numberOf(reversed.auc)).toBeCloseTo(1 - numberOf(straight.auc), 12);
      }),
    );
  });

  test('has the share of pairs in the right order as its area, ties counting half', () => {
    fc.assert(
      fc.property(samples, (pairs) => {
        const [of, others] = [1, 0].map((kind) => pairs.filter(([t]) => t === kind).map(([, score]) => score));
        const right = of!.flatMap((a) => others!.map((b): number => (a > b ? 1 : a === b ? 0.5 : 0)));
        const p = binary(
          pairs.map(([t]) => t),
          pairs.map(([, score]) => score / 64),
        );
        const share = right.reduce((a, b) => a + b, 0) / right.length;
        expect(numberOf(rocCurve(p, 1).auc)).toBeCloseTo(share, 12);
      }),
    );
  });

  test('goes from the origin to (1, 1) and never back', () => {
    fc.assert(
      fc.property(rowsOf(3), fc.boolean(), (rows, weights) => {
        const { auc, points } = rocCurve(predictionsOf(rows, 3, weights), 0);
        if (auc.value === null) {
          expect(points).toEqual([]);
          return;
        }
        expect(points[0]).toEqual({ threshold: null, falsePositiveRate: 0, truePositiveRate: 0 });
        expect(points.at(-1)).toMatchObject({ falsePositiveRate: 1, truePositiveRate: 1 });
        for (let i = 1; i < points.length; i++) {
          expect(points[i]!.truePositiveRate).toBeGreaterThanOrEqual(points[i - 1]!.truePositiveRate);
          expect(points[i]!.falsePositiveRate).toBeGreaterThanOrEqual(points[i - 1]!.falsePositiveRate);
          expect(points[i]!.threshold!).toBeLessThan(points[i - 1]!.threshold ?? Infinity);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('has no interval where scores separate the classes or are all alike', () => {
    expect(rocCurve(binary([0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9]), 1).auc).toEqual({ value: 1, method: 'none' });
    expect(rocCurve(binary([0, 0, 1, 1], [0.5, 0.5, 0.5, 0.5]), 1).auc).toEqual({ value: 0.5, method: 'none' });
  });

  test('is undefined, with a reason, for a class without samples or without others', () => {
    const p = binary([0, 0], [0.25, 0.5]);
    const none = { value: null, reason: 'no sample with a prediction is class' };
    expect(rocCurve(p, 1)).toEqual({ auc: none, points: [] });
    const all = { value: null, reason: 'every sample with a prediction is rest' };
    expect(rocCurve(p, 0)).toEqual({ auc: all, points: [] });
    expect(macroRocAuc(p)).toEqual({ value: null, reason: 'no class has both samples of its own and others' });
  });

  test.each([-1, 3, 0.5])('does not know the class %d', (label) => {
    for (const curve of [rocCurve, precisionRecallCurve]) {
      expect(() => curve(example, label)).toThrow(expect.objectContaining({ argument: 'label' }));
    }
  });
});

test('the evaluation of scores holds what the single functions give', () => {
  for (const p of [example, weighted]) {
    const all = evaluateScores(p);
    expect(all.macroRocAuc).toEqual(macroRocAuc(p));
    expect(all.macroAveragePrecision).toEqual(macroAveragePrecision(p));
    all.perClass.forEach((ofClass, c) => {
      expect(ofClass.rocAuc).toEqual(rocCurve(p, c).auc);
      expect(ofClass.averagePrecision).toEqual(precisionRecallCurve(p, c).averagePrecision);
    });
  }
});
