import { describe, expect, test } from 'vitest';
import { macroAveragePrecision, precisionRecallCurve } from '../src/index.ts';
import { binary, example, numberOf, weighted } from './support/scored.ts';

describe('the precision-recall curve', () => {
  test('has the points of scikit-learn in its order', () => {
    // precision_recall_curve(t == 2, s[:, 2])
    expect(precisionRecallCurve(example, 2).points).toEqual(
      [
        [0, 5 / 12, 1],
        [0.125, 0.4, 0.8],
        [0.25, 0.5, 0.6],
        [0.375, 1, 0.6],
        [0.75, 1, 0.4],
        [1, 1, 0.2],
        [null, 1, 0],
      ].map(([threshold, precision, recall]) => ({ threshold, precision, recall })),
    );
  });

  test('has the areas of scikit-learn, of each class and on average', () => {
    // [average_precision_score(t == c, s[:, c]) for c in range(3)]; with sample_weight=w
    const precisions = [0.486_111_111_111_111_1, 0.755_555_555_555_555_5, 0.763_333_333_333_333_2];
    const ofWeighted = [0.604_761_904_761_904_7, 0.75, 0.724_184_782_608_695_6];
    // p, r, _ = precision_recall_curve(t == c, s[:, c]); auc(r, p); with sample_weight=w
    const areas = [0.421_626_984_126_984_13, 0.822_222_222_222_222_2, 0.771_666_666_666_666_7];
    const areasOfWeighted = [0.522_294_372_294_372_3, 0.843_75, 0.726_494_565_217_391_3];
    for (const c of [0, 1, 2]) {
      const [plain, weights] = [precisionRecallCurve(example, c), precisionRecallCurve(weighted, c)];
      expect(numberOf(plain.averagePrecision)).toBeCloseTo(precisions[c]!, 12);
      expect(numberOf(weights.averagePrecision)).toBeCloseTo(ofWeighted[c]!, 12);
      expect(numberOf(plain.auc)).toBeCloseTo(areas[c]!, 12);
      expect(numberOf(weights.auc)).toBeCloseTo(areasOfWeighted[c]!, 12);
    }
    // average_precision_score(t, s, average='macro'); with sample_weight=w
    expect(numberOf(macroAveragePrecision(example))).toBeCloseTo(0.668_333_333_333_333_3, 12);
    expect(numberOf(macroAveragePrecision(weighted))).toBeCloseTo(0.692_982_229_123_533_6, 12);
  });

  test('of scores that separate the classes has the area 1', () => {
    const { averagePrecision, auc } = precisionRecallCurve(binary([0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9]), 1);
    expect([averagePrecision, auc]).toMatchObject([{ value: 1 }, { value: 1 }]);
  });

  test('is undefined, with a reason, for a class without samples', () => {
    const none = { value: null, reason: 'no sample with a prediction is class' };
    const p = binary([0, 0], [0.25, 0.5]);
    expect(precisionRecallCurve(p, 1)).toEqual({ averagePrecision: none, auc: none, points: [] });
    // average_precision_score([True, True], [0.75, 0.5]) = 1.0
    expect(precisionRecallCurve(p, 0).averagePrecision).toMatchObject({ value: 1 });
  });
});
