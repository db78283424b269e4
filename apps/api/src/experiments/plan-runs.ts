import {
  expandPlan,
  experimentPlan,
  InvalidInput,
  parseInput,
  PLAN_LIMIT,
  planSize,
  problem,
  type ExperimentPlan,
  type PlannedRun,
} from '@samplewise/domain';
import type { Database, Experiment, PrismaScope } from '@samplewise/database';
import { checkPlan } from './create-experiment.ts';

/** A run that a plan would make, and those of the experiment that are like it. */
export interface PreviewedRun extends PlannedRun {
  model: string;
  restoration: string;
  /** Runs with the same model, restoration and seed, and the newest of them. */
  existing: number;
  newestId: bigint | null;
}

export interface PlanPreview {
  /** Combinations of the whole matrix. */
  matrix: number;
  runs: PreviewedRun[];
}

/**
 * The experiment's plan, or another, once it is known to be one.
 * @throws InvalidInput when there is none, or it makes too many runs
 */
export async function checkedPlan(
  { prisma }: Pick<Database, 'prisma'>,
  experiment: Experiment,
  plan: unknown = experiment.plan,
): Promise<ExperimentPlan> {
  if (plan === null) {
    throw new InvalidInput(
      problem('INVALID_VALUE', 'The experiment has no plan.', {
        place: 'input.plan',
        mend: 'Say which models and restorations to run.',
      }),
    );
  }
  const parsed: ExperimentPlan = parseInput(experimentPlan, plan, 'input.plan');
  await checkPlanOf(prisma, experiment.projectId, parsed);
  return parsed;
}

/** @throws InvalidInput when it makes too many runs, or names what the project does not have */
export async function checkPlanOf(prisma: PrismaScope, projectId: bigint, plan: ExperimentPlan): Promise<void> {
  const { runs } = planSize(plan);
  if (runs > PLAN_LIMIT) {
    throw new InvalidInput(
      problem('TOO_LARGE', `The plan makes ${runs} runs.`, {
        place: 'input.plan',
        value: runs,
        mend: `Queue at most ${PLAN_LIMIT} at once, or a sample of them.`,
      }),
    );
  }
  await checkPlan(prisma, projectId, plan, 'input.plan');
}

/** What queueRuns would make of a plan. @throws InvalidInput */
export async function previewPlan(
  database: Pick<Database, 'prisma'>,
  experiment: Experiment,
  plan?: unknown,
): Promise<PlanPreview> {
  const { prisma } = database;
  const parsed = await checkedPlan(database, experiment, plan);
  const planned = expandPlan(parsed);
  const modelIds = planned.map((run) => run.modelConfigId);
  const restorationIds = planned.map((run) => run.restorationConfigId);
  const [models, restorations, existing] = await Promise.all([
    prisma.modelConfig.findMany({ where: { id: { in: modelIds } }, select: { id: true, name: true } }),
    prisma.restorationConfig.findMany({ where: { id: { in: restorationIds } }, select: { id: true, name: true } }),
    prisma.run.groupBy({
      by: ['modelConfigId', 'restorationConfigId', 'seed'],
      where: {
        experimentId: experiment.id,
        deletedAt: null,
        training: null,
        modelConfigId: { in: modelIds },
        restorationConfigId: { in: restorationIds },
        seed: { in: planned.map((run) => run.seed) },
      },
      _count: true,
      _max: { id: true },
    }),
  ]);
  const named = (rows: { id: bigint; name: string }[]) => new Map(rows.map(({ id, name }) => [id, name]));
  const [modelNames, restorationNames] = [named(models), named(restorations)];
  const key = (run: { modelConfigId: bigint | null; restorationConfigId: bigint | null; seed: number }): string =>
    `${run.modelConfigId} ${run.restorationConfigId} ${run.seed}`;
  const there = new Map(existing.map((group) => [key(group), group]));
  return {
    matrix: planSize(parsed).matrix,
    runs: planned.map((run) => ({
      ...run,
      model: modelNames.get(run.modelConfigId)!,
      restoration: restorationNames.get(run.restorationConfigId)!,
      existing: there.get(key(run))?._count ?? 0,
      newestId: there.get(key(run))?._max.id ?? null,
    })),
  };
}
