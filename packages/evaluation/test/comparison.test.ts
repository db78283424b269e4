import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  accuracyDifference,
  cohenG,
  cohenH,
  compareRuns,
  evaluate,
  mcnemar,
  outcomes,
  OUTCOMES,
  type Estimate,
  type PairedPredictions,
} from '../src/index.ts';
import { randomStream } from '../src/random.ts';

/** Two runs over up to 60 samples of 2 to 5 classes, with missing predictions. */
const paired: fc.Arbitrary<PairedPredictions> = fc.integer({ min: 2, max: 5 }).chain((k) =>
  fc
    .array(fc.tuple(fc.nat(k - 1), fc.integer({ min: -1, max: k - 1 }), fc.integer({ min: -1, max: k - 1 })), {
      minLength: 1,
      maxLength: 60,
    })
    .map((rows) => ({
      labels: Array.from({ length: k }, (_, c) => `class ${c}`),
      truth: Int16Array.from(rows, (row) => row[0]),
      first: Int16Array.from(rows, (row) => row[1]),
      second: Int16Array.from(rows, (row) => row[2]),
    })),
);

const quick = { draws: 20, seed: 3 };

function interval(e: Estimate): { low: number; high: number } {
  if (e.value === null || e.low === undefined || e.high === undefined) throw new Error('has no interval');
  return { low: e.low, high: e.high };
}

describe("McNemar's test", () => {
  test('gives the published figures of the airway hyper-responsiveness of 21 children', () => {
    // Fagerland, Lydersen and Laake (2013), table 1: 7 improve, 1 gets worse.
    const result = mcnemar(1, 7);
    expect(result.exactP).toBeCloseTo(0.0703, 4);
    expect(result.midP).toBeCloseTo(0.0391, 4);
    expect(result.asymptotic.p).toBeCloseTo(0.0339, 4);
    expect(result.corrected.p).toBeCloseTo(0.0771, 4);
  });

  test('a hand-worked exact case: 0 against 5 is 2 / 2^5, its mid-p half of that', () => {
    expect(mcnemar(0, 5)).toMatchObject({ exactP: 1 / 16, midP: 1 / 32 });
  });

  test('has p = 1 where the runs differ on nothing, or evenly', () => {
    for (const n of [0, 1, 4, 3000]) {
      const { exactP, midP, asymptotic, corrected } = mcnemar(n, n);
      expect([exactP, midP, asymptotic.p, corrected.p]).toEqual([1, 1, 1, 1]);
    }
    expect(mcnemar(0, 0).oddsRatio).toEqual({ value: null, reason: 'no sample is broken' });
  });

  test('does not mind which run is first; mid-p is never above the exact one; larger counts keep their digits', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), (a, b) => {
        const [one, other] = [mcnemar(a, b), mcnemar(b, a)];
        expect(one.midP).toBe(other.midP);
        expect(one.exactP).toBe(other.exactP);
        expect(one.midP).toBeLessThanOrEqual(one.exactP);
        for (const p of [one.exactP, one.midP, one.asymptotic.p, one.corrected.p]) {
          expect(p).toBeGreaterThanOrEqual(0);
          expect(p).toBeLessThanOrEqual(1);
        }
      }),
    );
    expect(mcnemar(0, 1000).exactP / (2 * 0.5 ** 1000)).toBeCloseTo(1, 9);
  });

  test.each([
    [-1, 2, 'fixed'],
    [1, 2.5, 'broken'],
    [Number.NaN, 0, 'fixed'],
  ])('refuses the counts %d and %d', (fixed, broken, argument) => {
    expect(() => mcnemar(fixed, broken)).toThrow(expect.objectContaining({ name: 'EvaluationInputError', argument }));
  });

  test('is wrong as seldom as it says: of runs that are equally good, mid-p finds at most about 5 % different', () => {
    const random = randomStream(11);
    let found = 0;
    const trials = 4000;
    for (let trial = 0; trial < trials; trial++) {
      const differ = random.binomial(300, 0.2);
      const fixed = random.binomial(differ, 0.5);
      if (mcnemar(fixed, differ - fixed).midP < 0.05) found++;
    }
    expect(found / trials).toBeGreaterThan(0.035);
    expect(found / trials).toBeLessThan(0.06);
  });
});

describe('the difference of two accuracies', () => {
  test("has Newcombe's published limits", () => {
    // Newcombe (1998), table II: a = 36, b = 12, c = 2, d = 0.
    const { value, low, high } = accuracyDifference({ bothRight: 36, fixed: 12, broken: 2, bothWrong: 0 }, 0.95) as {
      value: number;
      low: number;
      high: number;
    };
    expect([value, low, high].map((x) => Number(x.toFixed(4)))).toEqual([0.2, 0.0569, 0.3404]);
    // Fagerland, Lydersen and Laake (2014), table 2, the other way round.
    const children = interval(accuracyDifference({ bothRight: 1, fixed: 7, broken: 1, bothWrong: 12 }, 0.95));
    expect(children.low).toBeCloseTo(0.026, 3);
    expect(children.high).toBeCloseTo(0.507, 3);
  });

  test('holds its value, stays within -1 and 1, and is mirrored when the runs are swapped', () => {
    fc.assert(
      fc.property(fc.nat(80), fc.nat(80), fc.nat(80), fc.nat(80), (bothRight, fixed, broken, bothWrong) => {
        fc.pre(bothRight + fixed + broken + bothWrong > 0);
        const one = accuracyDifference({ bothRight, fixed, broken, bothWrong }, 0.95);
        const other = accuracyDifference({ bothRight, fixed: broken, broken: fixed, bothWrong }, 0.95);
        const [a, b] = [interval(one), interval(other)];
        expect(a.low).toBeGreaterThanOrEqual(-1);
        expect(a.high).toBeLessThanOrEqual(1);
        expect(a.low).toBeLessThanOrEqual(one.value! + 1e-12);
        expect(a.high).toBeGreaterThanOrEqual(one.value! - 1e-12);
        expect(a.low).toBeCloseTo(-b.high, 12);
      }),
    );
  });

  test('covers the true difference about as often as it says', () => {
    const random = randomStream(5);
    let covered = 0;
    const trials = 4000;
    for (let trial = 0; trial < trials; trial++) {
      // 200 samples: 60 % both right, 12 % fixed, 8 % broken.
      const bothRight = random.binomial(200, 0.6);
      const fixed = random.binomial(200 - bothRight, 0.12 / 0.4);
      const broken = random.binomial(200 - bothRight - fixed, 0.08 / 0.28);
      const counts = { bothRight, fixed, broken, bothWrong: 200 - bothRight - fixed - broken };
      const { low, high } = interval(accuracyDifference(counts, 0.95));
      if (low <= 0.04 && high >= 0.04) covered++;
    }
    expect(Math.abs(covered / trials - 0.95)).toBeLessThan(0.02);
  });
});

test('effect sizes of hand-worked cases', () => {
  expect(cohenG(3, 1, 0.95).value).toBe(0.25);
  expect(cohenG(0, 0, 0.95)).toEqual({ value: null, reason: 'no sample tells the runs apart' });
  // 2 arcsin(sqrt(1/2)) is pi / 2, and 2 arcsin(sqrt(3/4)) is 2 pi / 3.
  expect(cohenH(0.5, 0.75)).toBeCloseTo(Math.PI / 6, 12);
  expect(cohenH(0.75, 0.5)).toBe(-cohenH(0.5, 0.75));
});

describe('the comparison of two runs', () => {
  test('opens onto its samples: outcomes by sample add up to the counts, in all and in each class', () => {
    fc.assert(
      fc.property(paired, (p) => {
        const became = outcomes(p);
        const result = compareRuns(p, quick);
        for (const [code, outcome] of OUTCOMES.entries()) {
          expect(result.outcomes[outcome]).toBe(became.filter((x) => x === code).length);
        }
        expect(result.mcnemar.fixed).toBe(result.outcomes.fixed);
        for (const [c, of] of result.perClass.entries()) {
          const here = became.filter((_, i) => p.truth[i] === c);
          expect([of.support, of.fixed, of.broken]).toEqual([
            here.length,
            here.filter((x) => OUTCOMES[x] === 'fixed').length,
            here.filter((x) => OUTCOMES[x] === 'broken').length,
          ]);
        }
      }),
    );
  });

  test("has each run's own metrics, and their difference", () => {
    fc.assert(
      fc.property(paired, (p) => {
        const result = compareRuns(p, quick);
        const runs = (['first', 'second'] as const).map((run) => evaluate({ ...p, predicted: p[run] }, { draws: 2 }));
        for (const [name, compared] of Object.entries(result.metrics)) {
          const [a, b] = runs.map((run) => run.metrics[name as 'accuracy'].value) as [number | null, number | null];
          for (const [ours, theirs] of [
            [compared.first, a],
            [compared.second, b],
          ] as const) {
            if (theirs === null) expect(ours).toBeNull();
            else expect(ours).toBeCloseTo(theirs, 12);
          }
          if (a === null || b === null) expect(compared.difference.value).toBeNull();
          else expect(compared.difference.value).toBeCloseTo(b - a, 12);
        }
      }),
    );
  });

  test('is mirrored when the runs are swapped, and does not mind the order of the samples', () => {
    fc.assert(
      fc.property(paired, fc.nat(1000), (p, seed) => {
        const there = compareRuns(p, quick);
        const back = compareRuns({ ...p, first: p.second, second: p.first }, quick);
        expect(back.metrics.macroF1.first).toBe(there.metrics.macroF1.second);
        expect(back.outcomes.fixed).toBe(there.outcomes.broken);
        expect(back.agreement).toEqual(there.agreement);
        expect(back.mcnemar.midP).toBe(there.mcnemar.midP);

        const random = randomStream(seed);
        const order = Array.from(p.truth, (_, i) => ({ i, at: random.binomial(1_000_000, 0.5) }))
          .sort((a, b) => a.at - b.at)
          .map(({ i }) => i);
        const column = (values: Int16Array) => Int16Array.from(order, (i) => values[i]!);
        const shuffled = { ...p, truth: column(p.truth), first: column(p.first), second: column(p.second) };
        expect(compareRuns(shuffled, quick)).toEqual(there);
      }),
    );
  });

  test('of a run with itself finds nothing at all', () => {
    fc.assert(
      fc.property(paired, (p) => {
        const result = compareRuns({ ...p, second: p.first }, quick);
        expect(result.outcomes.fixed + result.outcomes.broken).toBe(0);
        expect(result.mcnemar.midP).toBe(1);
        expect(result.agreement.same).toBe(1);
        expect(result.cohenH).toBe(0);
        for (const { difference } of Object.values(result.metrics)) {
          if (difference.value !== null) expect(Math.abs(difference.value)).toBe(0);
        }
      }),
    );
  });

  test('has no NaN and survives JSON', () => {
    fc.assert(
      fc.property(paired, (p) => {
        const result = compareRuns(p, quick);
        expect(JSON.parse(JSON.stringify(result))).toEqual(JSON.parse(JSON.stringify(result), (_, x: unknown) => x));
        const walk = (value: unknown): void => {
          if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
          else if (value && typeof value === 'object') Object.values(value).forEach(walk);
        };
        walk(result);
      }),
    );
  });

  test('a paired interval covers the true difference about as often as it says', () => {
    // 200 samples of two classes; recall 0.7 against 0.8 in one, 0.6 against 0.6 in the other, errors shared in part.
    const random = randomStream(17);
    const trials = 1000;
    let covered = 0;
    for (let trial = 0; trial < trials; trial++) {
      const truth = Int16Array.from({ length: 200 }, (_, i) => i % 2);
      const answers = Array.from(truth, (t) => {
        const right = t === 0 ? [0.7, 0.8] : [0.6, 0.6];
        const shared = random.binomial(1, 0.5) === 1;
        const draw = random.binomial(1000, 0.5);
        const hit = (p: number) => (shared ? (draw % 100) / 100 < p : random.binomial(1, p) === 1);
        return right.map((p) => (hit(p) ? t : 1 - t));
      });
      const result = compareRuns(
        {
          labels: ['a', 'b'],
          truth,
          first: Int16Array.from(answers, (a) => a[0]!),
          second: Int16Array.from(answers, (a) => a[1]!),
        },
        { draws: 400, seed: trial },
      );
      const { low, high } = interval(result.metrics.balancedAccuracy.difference);
      // The shared draw is binomial, so that its last two digits are all but even.
      if (low <= 0.05 && high >= 0.05) covered++;
    }
    expect(Math.abs(covered / trials - 0.95)).toBeLessThan(0.02);
  });

  test.each<[string, Partial<PairedPredictions>, string]>([
    ['an empty set', { truth: new Int16Array(), first: new Int16Array(), second: new Int16Array() }, 'truth'],
    ['one class', { labels: ['only'] }, 'labels'],
    ['a column that is too short', { second: Int16Array.of(0) }, 'second'],
    ['a label out of range', { first: Int16Array.of(0, 2) }, 'first'],
    ['a truth of none', { truth: Int16Array.of(0, -1) }, 'truth'],
  ])('refuses %s, naming it', (_name, bad, argument) => {
    const good = {
      labels: ['a', 'b'],
      truth: Int16Array.of(0, 1),
      first: Int16Array.of(0, 1),
      second: Int16Array.of(1, 1),
    };
    expect(() => compareRuns({ ...good, ...bad })).toThrow(
      expect.objectContaining({ name: 'EvaluationInputError', argument }),
    );
  });
});
