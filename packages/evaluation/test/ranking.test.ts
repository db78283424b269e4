import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  criticalDifference,
  evaluate,
  letterDisplay,
  pairwiseMcnemar,
  RANKED_METRICS,
  rankRuns,
  type RankedMetricName,
} from '../src/index.ts';
import { runSet } from './support/cases.ts';

const inputError = (argument: string) => expect.objectContaining({ name: 'EvaluationInputError', argument }) as Error;

describe('letters', () => {
  test("are Piepho's: a run between two that differ shares a letter with both", () => {
    expect(letterDisplay(3, [[0, 2]])).toEqual([
      { letter: 'a', members: [0, 1] },
      { letter: 'b', members: [1, 2] },
    ]);
    expect(letterDisplay(3, [])).toEqual([{ letter: 'a', members: [0, 1, 2] }]);
    expect(letterDisplay(2, [[0, 1]])).toEqual([
      { letter: 'a', members: [0] },
      { letter: 'b', members: [1] },
    ]);
  });

  test('are shared by two runs if and only if these do not differ, whichever pairs do, and none is needless', () => {
    const cases = fc.integer({ min: 2, max: 9 }).chain((size) =>
      fc.record({
        size: fc.constant(size),
        different: fc.uniqueArray(
          fc.tuple(fc.nat(size - 1), fc.nat(size - 1)).filter(([a, b]) => a < b),
          { selector: String },
        ),
      }),
    );
    fc.assert(
      fc.property(cases, ({ size, different }) => {
        const groups = letterDisplay(size, different)!;
        for (let a = 0; a < size; a++) {
          for (let b = a; b < size; b++) {
            const share = groups.some(({ members }) => members.includes(a) && members.includes(b));
            expect(share).toBe(!different.some(([x, y]) => x === a && y === b));
          }
        }
        for (const one of groups) {
          const within = groups.filter((other) => one.members.every((member) => other.members.includes(member)));
          expect(within).toEqual([one]);
        }
      }),
    );
  });

  test('are given up where there would be more than anybody reads', () => {
    // Three runs each of which differ from each other: a group takes one of each three, which makes 3^10 groups.
    const different = Array.from({ length: 10 }, (_, i) => 3 * i).flatMap((i): [number, number][] => [
      [i, i + 1],
      [i, i + 2],
      [i + 1, i + 2],
    ]);
    expect(letterDisplay(30, different)).toBeUndefined();
  });
});

describe('a ranking', () => {
  const set = runSet({ seed: 7, runs: 6, samples: 700, labels: 4, far: 1 });

  test.each(RANKED_METRICS)('has the values that the evaluation of each run has: %s', (metric) => {
    const { runs } = rankRuns(set, { metric, draws: 20 });
    runs.forEach((run, i) => {
      const { metrics } = evaluate(
        { labels: set.labels, truth: set.truth, predicted: set.predicted[i]! },
        { draws: 20 },
      );
      expect(run.estimate.value).toBeCloseTo(metrics[metric].value!, 12);
    });
  });

  test('has the evaluation for its interval, and the tests of the comparison for its differences', () => {
    const { runs, order } = rankRuns(set, { metric: 'accuracy', draws: 50 });
    const pairs = pairwiseMcnemar(set.truth, set.predicted);
    const leader = order[0]!;
    runs.forEach((run, i) => {
      const { metrics } = evaluate({ labels: set.labels, truth: set.truth, predicted: set.predicted[i]! });
      expect(run.estimate).toEqual(metrics.accuracy);
      const pair = pairs.find(({ first, second }) => [first, second].includes(i) && [first, second].includes(leader));
      expect(run.toLeader?.p).toBe(i === leader ? undefined : pair!.p);
    });
  });

  test('of runs that are far apart is sure; of one and the same run it says nothing', () => {
    const far = rankRuns(
      { ...set, predicted: [set.predicted[0]!, set.predicted[3]!, set.truth] },
      { metric: 'macroF1' },
    );
    expect(far.runs.map(({ rank, ranks, first }) => [rank, ranks!.low, ranks!.high, first])).toEqual([
      [3, 3, 3, 0],
      [2, 2, 2, 0],
      [1, 1, 1, 1],
    ]);
    expect(far.groups!.map(({ members }) => members)).toEqual([[2], [1], [0]]);
    const same = rankRuns({ ...set, predicted: [0, 0, 0].map((run) => set.predicted[run]!) }, { metric: 'macroF1' });
    for (const run of same.runs) {
      expect(run).toMatchObject({ rank: 1, ranks: { low: 1, high: 3 }, bootstrapRanks: { low: 1, high: 3 } });
      expect(run.first).toBeCloseTo(1 / 3, 9);
    }
    expect(same.groups).toEqual([{ letter: 'a', members: [0, 1, 2] }]);
  });

  test('is the same for the same seed, with masked samples as without them, and with weights of 1 as with none', () => {
    const options = { metric: 'macroF1', draws: 200, seed: 5 } as const;
    const plain = rankRuns(set, options);
    expect(rankRuns(set, options)).toEqual(plain);
    const weights = new Float64Array(set.truth.length).fill(1);
    expect(rankRuns({ ...set, weights }, options)).toEqual(plain);
    const mask = Uint8Array.from(set.truth, (_, i) => (i % 3 === 0 ? 0 : 1));
    const kept = (column: Int16Array) => column.filter((_, i) => mask[i] === 1);
    expect(rankRuns({ ...set, mask }, options)).toEqual(
      rankRuns({ ...set, truth: kept(set.truth), predicted: set.predicted.map(kept) }, options),
    );
  });

  test('counts a sample of weight 2 as two samples', () => {
    const weights = Float64Array.from(set.truth, (_, i) => (i < 100 ? 2 : 1));
    const twice = (column: Int16Array) => Int16Array.of(...column, ...column.subarray(0, 100));
    const weighted = rankRuns({ ...set, weights }, { metric: 'weightedF1', draws: 10 });
    const doubled = rankRuns(
      { labels: set.labels, truth: twice(set.truth), predicted: set.predicted.map(twice) },
      { metric: 'weightedF1', draws: 10 },
    );
    weighted.runs.forEach((run, i) => expect(run.estimate.value).toBeCloseTo(doubled.runs[i]!.estimate.value!, 12));
  });

  test('puts a run last whose metric is undefined, and has no confidence sets for very many runs', () => {
    const truth = Int16Array.of(0, 1, 0, 1);
    const never = new Int16Array(4).fill(0);
    const { runs } = rankRuns(
      { labels: ['a', 'b'], truth, predicted: [never, Int16Array.of(1, 0, 1, 0)] },
      { metric: 'matthewsCorrelation', draws: 10 },
    );
    expect(runs[0]).toMatchObject({ rank: 2, estimate: { value: null } });
    const many = rankRuns(
      { labels: ['a', 'b'], truth, predicted: Array<Int16Array>(201).fill(truth) },
      { metric: 'accuracy', draws: 10 },
    );
    expect(many.groups).toBeNull();
    expect(many.runs[0]).toMatchObject({ rank: 1, ranks: null });
  });

  test.each([
    ['no run', { predicted: [] }, 'predicted'],
    ['a run over fewer samples', { predicted: [new Int16Array(3)] }, 'predicted[0]'],
    ['a mask of another length', { mask: new Uint8Array(3) }, 'mask'],
    ['a mask that leaves nothing', { mask: new Uint8Array(700) }, 'mask'],
    ['weights of another length', { weights: new Float64Array(3) }, 'weights'],
    ['an unknown class', { predicted: [new Int16Array(700).fill(9)] }, 'predicted'],
  ])('refuses %s', (_name, part, argument) => {
    expect(() => rankRuns({ ...set, ...part }, { metric: 'accuracy' })).toThrow(inputError(argument));
  });
});

/** A stream of numbers in [0, 1): Mulberry32, so that the simulation does not share the package's own. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Runs of known skill on the same samples. Samples are hard or easy for all runs alike, as pictures are; so runs are
 * right together, and what they differ in is paired.
 */
function simulate(skills: readonly number[], samples: number, seed: number) {
  const random = noise(seed);
  const truth = Int16Array.from({ length: samples }, (_, i) => i % 3);
  const ease = Float64Array.from(truth, () => random());
  const predicted = skills.map((skill) =>
    // Half of what decides is the sample's, half the run's own luck: right with the probability `skill` overall.
    Int16Array.from(truth, (t, i) => (right(skill, ease[i]!, random()) ? t : (t + 1 + Math.floor(2 * random())) % 3)),
  );
  return { labels: ['a', 'b', 'c'], truth, predicted };
}

const right = (skill: number, ease: number, luck: number): boolean =>
  luck < 0.5 ? ease < skill : 2 * luck - 1 < skill;

/** How often a rate of 5 % is seen at most in so many trials, with a probability of 99.9 %. */
const atMost = (trials: number): number => 0.05 + 3.1 * Math.sqrt((0.05 * 0.95) / trials);

describe('of simulated runs with known skills', () => {
  const TRIALS = 300;
  const worlds: [string, RankedMetricName, number[]][] = [
    ['all equal', 'accuracy', [0.7, 0.7, 0.7, 0.7, 0.7]],
    ['all equal', 'macroF1', [0.7, 0.7, 0.7, 0.7, 0.7]],
    ['two equal ahead of three that are equal', 'accuracy', [0.75, 0.75, 0.6, 0.6, 0.6]],
    ['two equal ahead of three that are equal', 'macroF1', [0.75, 0.75, 0.6, 0.6, 0.6]],
    ['all different, some barely', 'accuracy', [0.8, 0.79, 0.7, 0.66, 0.55]],
    ['all different, some barely', 'balancedAccuracy', [0.8, 0.79, 0.7, 0.66, 0.55]],
  ];

  test.each(worlds)(
    '%s, by %s: all rank sets hold the true ranks, and no equal runs are told apart, in 95 % of trials',
    (_name, metric, skills) => {
      let missed = 0;
      let toldApart = 0;
      for (let trial = 0; trial < TRIALS; trial++) {
        const { runs, groups } = rankRuns(simulate(skills, 240, 1000 + trial), { metric, draws: 150, seed: trial });
        const holds = runs.every(({ ranks }, run) => {
          // Equal runs may stand anywhere among each other.
          const better = skills.filter((skill) => skill > skills[run]!).length;
          const worse = skills.filter((skill) => skill < skills[run]!).length;
          return ranks!.low <= better + 1 && ranks!.high >= skills.length - worse;
        });
        if (!holds) missed++;
        const together = (a: number, b: number) =>
          groups!.some(({ members }) => members.includes(a) && members.includes(b));
        if (skills.some((a, i) => skills.some((b, j) => i < j && a === b && !together(i, j)))) toldApart++;
      }
      expect(missed / TRIALS).toBeLessThanOrEqual(atMost(TRIALS));
      expect(toldApart / TRIALS).toBeLessThanOrEqual(atMost(TRIALS));
    },
  );

  test('rank sets become single ranks as samples become many', () => {
    const { runs } = rankRuns(simulate([0.8, 0.7, 0.6], 6000, 1), { metric: 'accuracy', draws: 100 });
    expect(runs.map(({ ranks }) => ranks)).toEqual([1, 2, 3].map((rank) => ({ low: rank, high: rank })));
  });

  test('percentiles of bootstrapped ranks would not do: of equal runs they miss a true rank far more often', () => {
    let missed = 0;
    for (let trial = 0; trial < 100; trial++) {
      const { runs } = rankRuns(simulate(Array<number>(5).fill(0.7), 240, trial), { metric: 'accuracy', draws: 150 });
      if (runs.some(({ bootstrapRanks: { low, high } }) => low > 1 || high < 5)) missed++;
    }
    expect(missed).toBeGreaterThan(20);
  });
});

describe('a critical difference', () => {
  const column = (...scores: number[]) => Float64Array.from(scores);

  test("has a bar for models whose average ranks are within it: Demsar's picture", () => {
    const scores = [
      [0.763, 0.599, 0.954, 0.628, 0.882, 0.936, 0.661, 0.583, 0.775, 1, 0.94, 0.619, 0.972, 0.957],
      [0.768, 0.591, 0.971, 0.661, 0.888, 0.931, 0.668, 0.583, 0.838, 1, 0.962, 0.666, 0.981, 0.978],
      [0.771, 0.59, 0.968, 0.654, 0.886, 0.916, 0.609, 0.563, 0.866, 1, 0.965, 0.614, 0.9751, 0.946],
      [0.798, 0.569, 0.967, 0.657, 0.898, 0.931, 0.685, 0.625, 0.875, 1, 0.962, 0.669, 0.975, 0.97],
    ].map((row) => column(...row));
    const { order, groups, criticalDifference: distance } = criticalDifference(scores, 0.1);
    expect(order.map(({ model }) => model)).toEqual([3, 1, 2, 0]);
    // Demsar, 2006, section 3.2.2: at 10 % the critical difference is 1.12, and C4.5 differs from the two best.
    expect(distance).toBeCloseTo(1.12, 2);
    expect(groups).toEqual([
      { first: 0, last: 2 },
      { first: 2, last: 3 },
    ]);
  });

  test('has no bar within another, and none for a model alone', () => {
    const apart = Array.from({ length: 3 }, (_, m) => Float64Array.from({ length: 60 }, (_, d) => d - 2 * m));
    expect(criticalDifference(apart).groups).toEqual([]);
    const alike = [column(1, 2, 3), column(2, 3, 1), column(3, 1, 2)];
    expect(criticalDifference(alike).groups).toEqual([{ first: 0, last: 2 }]);
  });
});
