import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  benjaminiHochberg,
  cochranQ,
  compareManyRuns,
  fleissKappa,
  friedman,
  holm,
  kappaBetween,
  mcnemar,
  nemenyi,
  pairwiseMcnemar,
} from '../src/index.ts';

const probabilities = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });
const inputError = (argument: string) => expect.objectContaining({ name: 'EvaluationInputError', argument }) as Error;

describe('corrections for many tests', () => {
  test('hand-worked: Holm multiplies by what is left, Benjamini and Hochberg by the share of ranks', () => {
    expect(holm([0.01, 0.04, 0.03, 0.005]).map((p) => Number(p.toFixed(6)))).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(benjaminiHochberg([0.01, 0.04, 0.03, 0.005]).map((p) => Number(p.toFixed(6)))).toEqual([
      0.02, 0.04, 0.04, 0.02,
    ]);
    expect(holm([])).toEqual([]);
  });

  test('never lower a p-value, keep its order, and Holm is never below Benjamini and Hochberg', () => {
    fc.assert(
      fc.property(probabilities, (p) => {
        const [strict, lenient] = [holm(p), benjaminiHochberg(p)];
        for (let i = 0; i < p.length; i++) {
          expect(lenient[i]).toBeGreaterThanOrEqual(p[i]! * (1 - 1e-15));
          expect(strict[i]).toBeGreaterThanOrEqual(lenient[i]! * (1 - 1e-15));
          expect(strict[i]).toBeLessThanOrEqual(1);
          for (let j = 0; j < p.length; j++) if (p[i]! < p[j]!) expect(strict[i]).toBeLessThanOrEqual(strict[j]!);
        }
      }),
    );
  });

  test.each([[[0.1, 1.2]], [[0.1, -0.1]], [[0.1, Number.NaN]]])('refuse %j', (p) => {
    expect(() => holm(p)).toThrow(expect.objectContaining({ argument: 'p', index: 1 }));
    expect(() => benjaminiHochberg(p)).toThrow(expect.objectContaining({ argument: 'p', index: 1 }));
  });
});

describe("Cochran's Q", () => {
  test("of two runs is McNemar's statistic without correction", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1), fc.nat(1)), { minLength: 1, maxLength: 80 }), (rows) => {
        const columns = [0, 1].map((run) => Uint8Array.from(rows, (row) => row[run]!));
        const fixed = rows.filter(([a, b]) => a < b).length;
        const broken = rows.filter(([a, b]) => a > b).length;
        const { statistic, degreesOfFreedom, p } = cochranQ(columns);
        const other = mcnemar(fixed, broken).asymptotic;
        expect(degreesOfFreedom).toBe(1);
        expect(statistic).toBeCloseTo(other.statistic, 9);
        expect(p).toBeCloseTo(other.p, 9);
      }),
    );
  });

  test('refuses a single run, no samples and columns of other lengths', () => {
    expect(() => cochranQ([Uint8Array.of(1)])).toThrow(inputError('correct'));
    expect(() => cochranQ([new Uint8Array(), new Uint8Array()])).toThrow(inputError('correct'));
    expect(() => cochranQ([Uint8Array.of(1), Uint8Array.of(1, 0)])).toThrow(inputError('correct[1]'));
  });
});

/** Demsar (2006), table 6: AUC of C4.5, and with tuned m, cf, and both, on 14 datasets; ranked before they were rounded. */
const DEMSAR = [
  [0.763, 0.599, 0.954, 0.628, 0.882, 0.936, 0.661, 0.583, 0.775, 1, 0.94, 0.619, 0.972, 0.957],
  [0.768, 0.591, 0.971, 0.661, 0.888, 0.931, 0.668, 0.583, 0.838, 1, 0.962, 0.666, 0.981, 0.978],
  [0.771, 0.59, 0.968, 0.654, 0.886, 0.916, 0.609, 0.563, 0.866, 1, 0.965, 0.614, 0.9751, 0.946],
  [0.798, 0.569, 0.967, 0.657, 0.898, 0.931, 0.685, 0.625, 0.875, 1, 0.962, 0.669, 0.975, 0.97],
].map((column) => Float64Array.from(column));

describe("Friedman's and Nemenyi's tests", () => {
  test("give Demsar's average ranks and critical difference", () => {
    const { averageRanks, statistic, p } = friedman(DEMSAR);
    expect(averageRanks.map((rank) => Number(rank.toFixed(3)))).toEqual([3.143, 2, 2.893, 1.964]);
    // 9.28 there, not corrected for ties: one block of four, and three pairs.
    const ties = 60 + 3 * 6;
    expect(statistic * (1 - ties / (14 * 60))).toBeCloseTo(9.28, 2);
    expect(p).toBeLessThan(0.05);
    expect(nemenyi(averageRanks, 14).criticalDifference).toBeCloseTo(1.25, 2);
  });

  test.each([
    [2, 1.96],
    [3, 2.343],
    [4, 2.569],
    [5, 2.728],
    [6, 2.85],
    [7, 2.949],
    [8, 3.031],
    [9, 3.102],
    [10, 3.164],
  ])("of %d treatments Nemenyi's critical value at 5 % is Demsar's %d", (k, q) => {
    const { criticalDifference } = nemenyi(Array<number>(k).fill((k + 1) / 2), 100);
    // The table of 2006 is cut or rounded in its last digit.
    expect(Math.abs(criticalDifference / Math.sqrt((k * (k + 1)) / 600) - q)).toBeLessThan(0.0011);
  });

  test('ranks that are a critical difference apart have p = alpha', () => {
    const { criticalDifference } = nemenyi([2, 2, 2], 25);
    const [pair] = nemenyi([1, 1 + criticalDifference, 2], 25).pairs;
    expect(pair!.p).toBeCloseTo(0.05, 6);
  });

  test('equal scores tell nothing: p = 1, all ranks the same, no agreement', () => {
    const column = Float64Array.of(0.5, 0.5, 0.5);
    expect(friedman([column, column, column])).toMatchObject({
      statistic: 0,
      p: 1,
      averageRanks: [2, 2, 2],
      kendallW: 0,
    });
  });

  test('the same order in every block is full agreement, for which the F test is not defined', () => {
    const columns = [3, 2, 1].map((score) => Float64Array.from({ length: 6 }, (_, block) => 10 * block + score));
    expect(friedman(columns)).toMatchObject({ averageRanks: [1, 2, 3], kendallW: 1, imanDavenport: null });
  });

  test('refuse too few treatments, a score of NaN, no blocks, a strange alpha', () => {
    const column = Float64Array.of(1, 2);
    expect(() => friedman([column, column])).toThrow(inputError('scores'));
    expect(() => friedman([column, column, Float64Array.of(1, Number.NaN)])).toThrow(
      expect.objectContaining({ argument: 'scores[2]', index: 1 }),
    );
    expect(() => nemenyi([1], 3)).toThrow(inputError('averageRanks'));
    expect(() => nemenyi([1, 2], 0)).toThrow(inputError('blocks'));
    expect(() => nemenyi([1, 2], 3, 1)).toThrow(inputError('alpha'));
  });
});

describe('agreement', () => {
  test("Fleiss' kappa of 14 raters and 10 subjects is 0.210", () => {
    // The worked example of the method's encyclopaedia article: how many of 14 raters name each of 5 categories.
    const table = [
      [0, 0, 0, 0, 14],
      [0, 2, 6, 4, 2],
      [0, 0, 3, 5, 6],
      [0, 3, 9, 2, 0],
      [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0],
      [3, 2, 6, 3, 0],
      [2, 5, 3, 2, 2],
      [6, 5, 2, 1, 0],
      [0, 2, 2, 3, 7],
    ];
    const votes = table.map((row) => row.flatMap((count, category) => Array<number>(count).fill(category)));
    const raters = Array.from({ length: 14 }, (_, rater) => Int16Array.from(votes, (row) => row[rater]!));
    expect(fleissKappa(raters).value).toBeCloseTo(0.21, 3);
  });

  test('is 1 for equal columns, symmetric, and undefined where there is one class only', () => {
    const [a, b] = [Int16Array.of(0, 1, 2, -1), Int16Array.of(0, 2, 2, -1)];
    expect(kappaBetween(a, a).value).toBe(1);
    expect(fleissKappa([a, a, a]).value).toBe(1);
    expect(kappaBetween(a, b)).toEqual(kappaBetween(b, a));
    expect(kappaBetween(new Int16Array(4), new Int16Array(4)).value).toBeNull();
    expect(fleissKappa([new Int16Array(4), new Int16Array(4)]).value).toBeNull();
  });

  test('refuses no samples, one run, other lengths', () => {
    expect(() => kappaBetween([], [])).toThrow(inputError('first'));
    expect(() => fleissKappa([Int16Array.of(1)])).toThrow(inputError('predicted'));
    expect(() => fleissKappa([Int16Array.of(1), Int16Array.of(1, 2)])).toThrow(inputError('predicted[1]'));
  });
});

describe('several runs at once', () => {
  const truth = Int16Array.from({ length: 90 }, (_, i) => i % 3);
  const runs = [30, 45, 80].map((right) => Int16Array.from(truth, (t, i) => (i < right ? t : -1)));

  test('every pair once, with what is fixed and broken, and p-values corrected together', () => {
    const pairs = pairwiseMcnemar(truth, runs);
    expect(pairs.map(({ first, second, fixed, broken }) => [first, second, fixed, broken])).toEqual([
      [0, 1, 15, 0],
      [0, 2, 50, 0],
      [1, 2, 35, 0],
    ]);
    expect(pairs.map(({ adjusted }) => adjusted)).toEqual(holm(pairs.map(({ p }) => p)));
    expect(pairs[0]!.difference.value).toBeCloseTo(15 / 90, 12);
  });

  test('one table of kappas, one Q', () => {
    const result = compareManyRuns(truth, runs);
    expect(result.cochranQ.degreesOfFreedom).toBe(2);
    expect(result.kappa.map((row) => row.length)).toEqual([3, 3, 3]);
    expect(result.kappa[0]![0]!.value).toBe(1);
    expect(result.kappa[0]![2]).toEqual(result.kappa[2]![0]);
  });

  test.each([
    ['an empty set', new Int16Array(), [new Int16Array(), new Int16Array()], 'truth'],
    ['one run', truth, runs.slice(0, 1), 'predicted'],
    ['a run over fewer samples', truth, [runs[0]!, new Int16Array(3)], 'predicted[1]'],
    ['a truth of none', Int16Array.of(-1), [Int16Array.of(0), Int16Array.of(0)], 'truth'],
  ])('refuses %s', (_name, t, p, argument) => {
    expect(() => compareManyRuns(t, p)).toThrow(inputError(argument));
  });
});
