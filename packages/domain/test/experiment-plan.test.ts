import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expandPlan, experimentPlan, planSize, type ExperimentPlan } from '../src/index.ts';

const ids = fc.uniqueArray(fc.integer({ min: 1, max: 500 }).map(String), { minLength: 1, maxLength: 12 });
const seeds = fc.uniqueArray(fc.nat(2_147_483_647), { minLength: 1, maxLength: 8 });
const matrix = fc.record({ modelConfigIds: ids, restorationConfigIds: ids, seeds });
const sample = fc.record({ count: fc.integer({ min: 1, max: 1000 }), seed: fc.nat(2_147_483_647) });
const names = (plan: ExperimentPlan): string[] =>
  expandPlan(plan).map((run) => `${run.modelConfigId} ${run.restorationConfigId} ${run.seed}`);

test('a matrix has every combination once, in the order model, restoration, seed', () => {
  fc.assert(
    fc.property(matrix, (plan) => {
      const expected = plan.modelConfigIds.flatMap((model) =>
        plan.restorationConfigIds.flatMap((restoration) => plan.seeds.map((s) => `${model} ${restoration} ${s}`)),
      );
      expect(names(plan)).toEqual(expected);
      expect(planSize(plan)).toEqual({ matrix: expected.length, runs: expected.length });
    }),
  );
});

test('a sample has so many different combinations of the matrix, in its order', () => {
  fc.assert(
    fc.property(matrix, sample, (plan, drawn) => {
      const all = names(plan);
      const some = names({ ...plan, sample: drawn });
      expect(some).toHaveLength(Math.min(drawn.count, all.length));
      expect(some).toEqual(all.filter((name) => some.includes(name)));
      expect(planSize({ ...plan, sample: drawn }).runs).toBe(some.length);
    }),
  );
});

test('the same seed draws the same sample, and another seed mostly another', () => {
  const plan = {
    modelConfigIds: ['1', '2', '3', '4'],
    restorationConfigIds: ['1', '2', '3', '4'],
    seeds: [0, 1, 2, 3],
  };
  const drawn = (seed: number): string => names({ ...plan, sample: { count: 8, seed } }).join();
  expect(drawn(7)).toBe(drawn(7));
  expect(new Set(Array.from({ length: 20 }, (_, seed) => drawn(seed))).size).toBe(20);
});

test('each combination is drawn equally often', () => {
  const plan = { modelConfigIds: ['1', '2', '3', '4'], restorationConfigIds: ['1', '2'], seeds: [0] };
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 4000; seed++) {
    for (const name of names({ ...plan, sample: { count: 3, seed } })) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  // 1,500 each: the standard deviation is 31.
  for (const count of counts.values()) expect(Math.abs(count - 1500)).toBeLessThan(155);
  expect(counts.size).toBe(8);
});

test('a sample of more than a plan may have is refused', () => {
  const plan = { modelConfigIds: ['1'], restorationConfigIds: ['1'], sample: { count: 1001 } };
  expect(experimentPlan.safeParse(plan).success).toBe(false);
});
