import { z } from 'zod';

const rowId = z.string().regex(/^[1-9][0-9]{0,18}$/, 'must be the number of a row');

/** A matrix of runs: every model x every restoration x every seed. Ids are row numbers as decimal strings. */
export const experimentPlan = z.strictObject({
  modelConfigIds: z.array(rowId).min(1, 'needs at least one model').max(100),
  restorationConfigIds: z.array(rowId).min(1, "needs at least one restoration ('none' is one)").max(100),
  seeds: z.array(z.number().int().min(0).max(2_147_483_647)).min(1).max(100).default([0]),
});
export type ExperimentPlan = z.infer<typeof experimentPlan>;

export interface PlannedRun {
  modelConfigId: bigint;
  restorationConfigId: bigint;
  seed: number;
}

/** Most runs that one plan may expand to. */
export const PLAN_LIMIT = 1000;

/** The plan's runs, in the order model, restoration, seed, each combination once. */
export function expandPlan(plan: ExperimentPlan): PlannedRun[] {
  return [...new Set(plan.modelConfigIds)].flatMap((model) =>
    [...new Set(plan.restorationConfigIds)].flatMap((restoration) =>
      [...new Set(plan.seeds)].map((seed) => ({
        modelConfigId: BigInt(model),
        restorationConfigId: BigInt(restoration),
        seed,
      })),
    ),
  );
}
