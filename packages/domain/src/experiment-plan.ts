import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { mersenne } from 'pure-rand/generator/mersenne';
import { z } from 'zod';

const rowId = z.string().regex(/^[1-9][0-9]{0,18}$/, 'must be the number of a row');
const seed = z.number().int().min(0).max(2_147_483_647);

/** Most runs that one plan may expand to. */
export const PLAN_LIMIT = 1000;

/**
 * A matrix of runs: every model x every restoration x every seed, or a random sample of these. Ids are row numbers as
 * decimal strings.
 */
export const experimentPlan = z.strictObject({
  modelConfigIds: z.array(rowId).min(1, 'needs at least one model').max(100),
  restorationConfigIds: z.array(rowId).min(1, "needs at least one restoration ('none' is one)").max(100),
  seeds: z.array(seed).min(1).max(100).default([0]),
  /** So many of the combinations, each at most once; the same seed gives the same ones. */
  sample: z.strictObject({ count: z.number().int().min(1).max(PLAN_LIMIT), seed: seed.default(0) }).optional(),
});
export type ExperimentPlan = z.infer<typeof experimentPlan>;

export interface PlannedRun {
  modelConfigId: bigint;
  restorationConfigId: bigint;
  seed: number;
}

/** How many combinations a plan's matrix has, and how many of these are runs. */
export function planSize(plan: ExperimentPlan): { matrix: number; runs: number } {
  const { models, restorations, seeds } = axes(plan);
  const matrix = models.length * restorations.length * seeds.length;
  return { matrix, runs: Math.min(matrix, plan.sample?.count ?? matrix) };
}

/** The plan's runs, in the order model, restoration, seed, each combination once. */
export function expandPlan(plan: ExperimentPlan): PlannedRun[] {
  const { models, restorations, seeds } = axes(plan);
  const { matrix } = planSize(plan);
  const positions = plan.sample ? drawn(matrix, plan.sample) : Array.from({ length: matrix }, (_, at) => at);
  return positions.map((at) => ({
    modelConfigId: BigInt(models[Math.floor(at / (restorations.length * seeds.length))]!),
    restorationConfigId: BigInt(restorations[Math.floor(at / seeds.length) % restorations.length]!),
    seed: seeds[at % seeds.length]!,
  }));
}

const axes = ({ modelConfigIds, restorationConfigIds, seeds }: ExperimentPlan) => ({
  models: [...new Set(modelConfigIds)],
  restorations: [...new Set(restorationConfigIds)],
  seeds: [...new Set(seeds)],
});

/** Positions from 0 to below `of`, each at most once and each set of them equally likely (Floyd), in ascending order. */
function drawn(of: number, { count, seed }: NonNullable<ExperimentPlan['sample']>): number[] {
  // Its first numbers differ for seeds that are close to each other, which not every generator's do.
  const random = mersenne(seed);
  const chosen = new Set<number>();
  for (let last = Math.max(0, of - count); last < of; last++) {
    const at = uniformInt(random, 0, last);
    chosen.add(chosen.has(at) ? last : at);
  }
  return [...chosen].sort((a, b) => a - b);
}
