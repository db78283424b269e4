import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  evaluate,
  evaluateConfusion,
  EvaluationInputError,
  mergeConfusion,
  type ConfusionMatrix,
  type Predictions,
} from '../src/index.ts';
import { confusionMatrix } from '../src/confusion.ts';

const LABELS = ['a', 'b', 'c', 'd'];
const pairs = fc.array(fc.tuple(fc.nat(3), fc.integer({ min: -1, max: 3 })), { minLength: 1, maxLength: 60 });
const predictionsOf = (from: [number, number][]): Predictions => ({
  labels: LABELS,
  truth: Int16Array.from(from, ([t]) => t),
  predicted: Int16Array.from(from, ([, p]) => p),
});
const values = (p: Predictions) =>
  Object.fromEntries(Object.entries(evaluate(p, { draws: 1 }).metrics).map(([name, e]) => [name, e.value]));

/** Both undefined, or equal but for rounding. */
function expectAlike(a: Record<string, number | null>, b: Record<string, number | null>): void {
  expect(Object.keys(a)).toEqual(Object.keys(b));
  for (const [name, value] of Object.entries(a)) {
    if (value === null) expect(b[name], name).toBeNull();
    else expect(b[name], name).toBeCloseTo(value, 12);
  }
}

describe('a published confusion matrix', () => {
  /** Fisher's irises by linear discriminant analysis: Fisher (1936); three of the 150 are misplaced. */
  const iris: ConfusionMatrix = {
    labels: ['setosa', 'versicolor', 'virginica'],
    counts: [
      [50, 0, 0],
      [0, 48, 2],
      [0, 1, 49],
    ],
    none: [0, 0, 0],
  };

  test('has its published accuracy, precision, recall and F1', () => {
    const { metrics, perClass } = evaluateConfusion(iris);
    expect(metrics.accuracy.value).toBeCloseTo(0.98, 12);
    expect(perClass.map((c) => c.precision.value?.toFixed(2))).toEqual(['1.00', '0.98', '0.96']);
    expect(perClass.map((c) => c.recall.value?.toFixed(2))).toEqual(['1.00', '0.96', '0.98']);
    expect(perClass.map((c) => c.f1.value?.toFixed(2))).toEqual(['1.00', '0.97', '0.97']);
  });

  test('of a textbook has its kappa', () => {
    // Cohen's kappa as worked through in Fleiss, Levin and Paik (2003), table 18.1: 0.676 for 100 subjects.
    const fleiss: ConfusionMatrix = {
      labels: ['psychotic', 'neurotic', 'organic'],
      counts: [
        [75, 1, 4],
        [5, 4, 1],
        [0, 0, 10],
      ],
      none: [0, 0, 0],
    };
    expect(evaluateConfusion(fleiss).metrics.cohenKappa.value).toBeCloseTo(0.676, 3);
  });

  test.each([
    [{ counts: [[1, 2, 3]] }, 'counts'],
    [
      {
        counts: [
          [1, 2, 3],
          [1, 2],
          [1, 2, 3],
        ],
      },
      'counts[1]',
    ],
    [
      {
        counts: [
          [1, 2, 3],
          [1, 2.5, 0],
          [1, 2, 3],
        ],
      },
      'counts',
    ],
    [
      {
        counts: [
          [0, 0, 0],
          [0, 0, 0],
          [0, 0, 0],
        ],
      },
      'counts',
    ],
    [{ none: [0, -1, 0] }, 'none'],
  ])('that makes no sense is refused by name (%#)', (change, argument) => {
    const evaluating = () => evaluateConfusion({ ...iris, ...change });
    expect(evaluating).toThrow(EvaluationInputError);
    expect(evaluating).toThrow(argument);
  });
});

describe('metrics of labels', () => {
  test('of two shards together are those of the whole', () => {
    fc.assert(
      fc.property(pairs, pairs, (a, b) => {
        const merged = mergeConfusion(confusionMatrix(predictionsOf(a)), confusionMatrix(predictionsOf(b)));
        expect(merged).toEqual(confusionMatrix(predictionsOf([...a, ...b])));
      }),
    );
  });

  test('of shards with other labels are not put together', () => {
    const one = confusionMatrix(predictionsOf([[0, 0]]));
    expect(() => mergeConfusion(one, { ...one, labels: ['a', 'b', 'd', 'c'] })).toThrow(/labels/);
  });

  test('do not depend on how the classes are called or ordered', () => {
    fc.assert(
      fc.property(pairs, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4, maxLength: 4 }), (from, order) => {
        const renamed = from.map(([t, p]): [number, number] => [order[t]!, p < 0 ? -1 : order[p]!]);
        expectAlike(values(predictionsOf(renamed)), values(predictionsOf(from)));
      }),
    );
  });

  test("that treat truth and prediction alike stay the same when the two change places: kappa, Matthews' coefficient, F1", () => {
    const covered = pairs.map((from) => from.map(([t, p]): [number, number] => [t, Math.max(0, p)]));
    fc.assert(
      fc.property(covered, (from) => {
        const [there, back] = [values(predictionsOf(from)), values(predictionsOf(from.map(([t, p]) => [p, t])))];
        for (const name of ['cohenKappa', 'matthewsCorrelation', 'macroF1', 'microF1']) {
          expectAlike({ value: there[name]! }, { value: back[name]! });
        }
        expectAlike({ value: there.macroPrecision! }, { value: back.macroRecall! });
      }),
    );
  });

  test('count a sample of weight 3 as three samples, and one of weight 0 as none', () => {
    fc.assert(
      fc.property(pairs, fc.array(fc.nat(3), { minLength: 60, maxLength: 60 }), (from, [, ...others]) => {
        const weights = [1, ...others].slice(0, from.length);
        const repeated = from.flatMap((pair, i) => Array.from({ length: weights[i]! }, () => pair));
        const weighted = { ...predictionsOf(from), weights: Float64Array.from(weights) };
        expectAlike(values(weighted), values(predictionsOf(repeated)));
      }),
    );
  });

  test.each([
    [[1, NaN], 1],
    [[1, -1], 1],
    [[Infinity, 1], 0],
    [[0, 0], undefined],
    [[1], undefined],
  ])('refuse the weights %j', (weights, index) => {
    const columns = predictionsOf([
      [0, 0],
      [1, 1],
    ]);
    try {
      evaluate({ ...columns, weights: Float64Array.from(weights) });
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ name: 'EvaluationInputError', argument: 'weights', index });
    }
  });
});
