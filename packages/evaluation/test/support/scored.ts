import fc from 'fast-check';
import { NO_PREDICTION, type Estimate, type Predictions } from '../../src/index.ts';

const SIXTEENTHS = [
  [12, 2, 2],
  [8, 4, 4],
  [4, 8, 4],
  [10, 6, 0],
  [2, 12, 2],
  [8, 6, 2],
  [4, 8, 4],
  [0, 0, 16],
  [2, 2, 12],
  [6, 4, 6],
  [10, 4, 2],
  [16, 0, 0],
];

/**
 * Twelve samples with ties and one certain error, and a thirteenth without a prediction, whose scores are not to be read.
 * Sixteenths are exact as float32. The golden figures come from scikit-learn 1.9.1 and SciPy 1.17, with
 * t = np.array([0,0,0,0,1,1,1,2,2,2,2,2]), s = np.array(the rows above) / 16 and w = np.array(the weights but the last).
 */
export const example: Predictions = {
  labels: ['a', 'b', 'c'],
  truth: Int16Array.of(0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 1),
  predicted: Int16Array.of(0, 0, 1, 0, 1, 0, 1, 2, 2, 0, 0, 0, NO_PREDICTION),
  scores: Float32Array.from([...SIXTEENTHS.flat().map((score) => score / 16), NaN, -1, 5]),
};

export const weighted: Predictions = {
  ...example,
  weights: Float64Array.of(1, 2, 1, 3, 1, 1, 2, 1, 0, 2, 0.5, 1.5, 7),
};

/** No sample has a prediction. */
export const uncovered: Predictions = { ...example, predicted: new Int16Array(13).fill(NO_PREDICTION) };

/** Scores of two classes, where each score of the second one is that given. */
export const binary = (truth: readonly number[], scores: readonly number[]): Predictions => ({
  labels: ['rest', 'class'],
  truth: Int16Array.from(truth),
  predicted: new Int16Array(truth.length),
  scores: Float32Array.from(scores.flatMap((score) => [1 - score, score])),
});

export interface Row {
  readonly truth: number;
  readonly scores: readonly number[];
  readonly abstains: boolean;
  readonly weight: number;
}

/** Scores are shares of small whole numbers, so that there are many ties. */
export const rowsOf = (labels: number, maxLength = 40) =>
  fc.array(
    fc.record({
      truth: fc.nat(labels - 1),
      scores: fc.array(fc.nat(6), { minLength: labels, maxLength: labels }).map((units) => {
        const sum = units.reduce((a, b) => a + b, 0);
        return units.map((unit) => (sum === 0 ? 1 / labels : unit / sum));
      }),
      abstains: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
      weight: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength },
  );

export const predictionsOf = (rows: readonly Row[], labels: number, weights = false): Predictions => ({
  labels: Array.from({ length: labels }, (_, i) => `label ${i}`),
  truth: Int16Array.from(rows, ({ truth }) => truth),
  predicted: Int16Array.from(rows, ({ scores, abstains }) =>
    abstains ? NO_PREDICTION : scores.indexOf(Math.max(...scores)),
  ),
  scores: Float32Array.from(rows.flatMap(({ scores }) => scores)),
  ...(weights ? { weights: Float64Array.from(rows, ({ weight }) => weight) } : {}),
});

/** Each row as often as its weight says. */
export const repeated = (rows: readonly Row[]): Row[] => rows.flatMap((row) => new Array<Row>(row.weight).fill(row));

/** The values of estimates must agree to 1e-9, undefined ones must both be. */
export function differs(a: Estimate, b: Estimate): boolean {
  return a.value === null || b.value === null ? a.value !== b.value : Math.abs(a.value - b.value) > 1e-9;
}

export const numberOf = (estimate: Estimate): number => {
  if (estimate.value === null) throw new Error(`is undefined: ${estimate.reason}`);
  return estimate.value;
};
