import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byAgreement, byLabel, byQuantile, byWord, evaluate, evaluateSlices, type Predictions } from '../src/index.ts';

const inputError = (argument: string) => expect.objectContaining({ name: 'EvaluationInputError', argument }) as Error;

const predictions: Predictions = {
  labels: ['cat', 'dog'],
  truth: Int16Array.of(0, 0, 1, 1, 1, 0),
  predicted: Int16Array.of(0, 1, 1, 1, -1, 0),
  scores: Float32Array.of(0.75, 0.25, 0.25, 0.75, 0.25, 0.75, 0.125, 0.875, 0, 0, 1, 0),
  latencyMicros: Int32Array.of(10, 20, 30, 40, 50, 60),
};

describe('slices', () => {
  test('hold every sample once, and each is evaluated as if it were all there is', () => {
    const words = ['day', 'night', 'day', 'dusk', 'night', 'day'];
    const result = evaluateSlices(predictions, byWord('light', words), { draws: 50 });
    expect(result).toMatchObject({ name: 'light', looks: 3 });
    expect(result.slices.map(({ value, samples }) => [value, samples])).toEqual([
      ['day', 3],
      ['dusk', 1],
      ['night', 2],
    ]);
    const day = evaluate(
      {
        labels: predictions.labels,
        truth: Int16Array.of(0, 1, 0),
        predicted: Int16Array.of(0, 1, 0),
        scores: Float32Array.of(0.75, 0.25, 0.25, 0.75, 1, 0),
        latencyMicros: Int32Array.of(10, 30, 60),
      },
      { draws: 50 },
    );
    expect(result.slices[0]!.evaluation).toEqual(day);
  });

  test("of the true class: its accuracy is that class's recall", () => {
    const whole = evaluate(predictions, { draws: 2 });
    const { slices } = evaluateSlices(predictions, byLabel(predictions), { draws: 2 });
    slices.forEach(({ value, evaluation }, c) => {
      expect(value).toBe(predictions.labels[c]);
      expect(evaluation!.metrics.accuracy.value).toBe(whole.perClass[c]!.recall.value);
    });
  });

  test('keep weights with their samples', () => {
    const weights = Float64Array.of(1, 3, 1, 1, 1, 1);
    const [cat] = evaluateSlices({ ...predictions, weights }, byLabel(predictions), { draws: 2 }).slices;
    expect(cat!.evaluation!.metrics.accuracy.value).toBeCloseTo(2 / 5, 12);
  });

  test('without a sample are empty, and not a look', () => {
    const slicing = { name: 'split', values: ['train', 'test'], codes: new Int32Array(6).fill(1) };
    const { looks, slices } = evaluateSlices(predictions, slicing, { draws: 2 });
    expect(looks).toBe(1);
    expect(slices[0]).toEqual({ value: 'train', samples: 0, evaluation: null });
  });

  test.each([
    ['other lengths', { name: 'x', values: ['a'], codes: new Int32Array(5) }, 'codes'],
    ['a code out of range', { name: 'x', values: ['a'], codes: Int32Array.of(0, 0, 1, 0, 0, 0) }, 'codes'],
    [
      'more than a thousand',
      { name: 'x', values: Array.from({ length: 1001 }, (_, i) => `${i}`), codes: new Int32Array(6) },
      'values',
    ],
  ])('refuse %s', (_name, slicing, argument) => {
    expect(() => evaluateSlices(predictions, slicing)).toThrow(inputError(argument));
  });
});

describe('slices by a figure', () => {
  test('are bins of equally many, with edges in their names', () => {
    const slicing = byQuantile('brightness', Float64Array.of(9, 1, 2, 8, 3, 7, 4, 6), 4);
    expect(slicing.values).toHaveLength(4);
    expect([...slicing.codes]).toEqual([3, 0, 0, 3, 1, 2, 1, 2]);
    expect(slicing.values[0]).toMatch(/^1 to /);
    expect(slicing.values[3]).toMatch(/^above .* to 9$/);
  });

  test('keep equal figures together, are in order, and each sample lies in the one that names it', () => {
    const figure = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ min: -100, max: 100, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(figure, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 8 }),
        (figures, bins) => {
          const { values, codes } = byQuantile('x', Float64Array.from(figures), bins);
          expect(values.length).toBeLessThanOrEqual(bins);
          for (let i = 0; i < figures.length; i++) {
            expect(codes[i]).toBeGreaterThanOrEqual(0);
            expect(codes[i]).toBeLessThan(values.length);
            for (let j = 0; j < figures.length; j++) {
              if (figures[i] === figures[j]) expect(codes[i]).toBe(codes[j]);
              if (figures[i]! < figures[j]!) expect(codes[i]).toBeLessThanOrEqual(codes[j]!);
            }
          }
        },
      ),
    );
  });

  test('put what is not known apart', () => {
    const { values, codes } = byQuantile('x', Float64Array.of(1, Number.NaN, 2), 2);
    expect(values.at(-1)).toBe('unknown');
    expect([...codes]).toEqual([0, 2, 1]);
    const none = byQuantile('x', Float64Array.of(Number.NaN), 2);
    expect(none.values[none.codes[0]!]).toBe('unknown');
  });

  test('of one value are one bin', () => {
    expect(byQuantile('x', new Float64Array(5), 3).values).toEqual(['0 to 0']);
  });

  test.each([0, 1.5, 1001, Number.NaN])('refuse %d bins', (bins) => {
    expect(() => byQuantile('x', Float64Array.of(1), bins)).toThrow(inputError('bins'));
  });
});

test('slices by how many runs are right', () => {
  const truth = Int16Array.of(0, 1, 1);
  const { values, codes } = byAgreement(truth, [Int16Array.of(0, 1, -1), Int16Array.of(1, 1, 0)]);
  expect(values).toEqual(['0 of 2 right', '1 of 2 right', '2 of 2 right']);
  expect([...codes]).toEqual([1, 2, 0]);
  expect(() => byAgreement(truth, [Int16Array.of(0)])).toThrow(inputError('predicted[0]'));
});
