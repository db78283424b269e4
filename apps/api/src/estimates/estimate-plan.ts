import {
  expandPlan,
  experimentPlan,
  labelMismatch,
  modelSpec,
  parseInput,
  planSize,
  type PlannedRun,
  type Problem,
} from '@samplewise/domain';
import type { Database, DatasetVersion, ModelConfig, RestorationConfig, Split } from '@samplewise/database';
import { checkPlanOf } from '../experiments/plan-runs.ts';
import { cachedSamples } from './cached-samples.ts';
import { estimateRun, type RunEstimate } from './estimate-run.ts';
import { readQueue, type QueueAhead } from './read-queue.ts';
import { readExecutors, readHistory } from './read-history.ts';

export interface EstimatedRun extends PlannedRun, RunEstimate {
  model: Pick<ModelConfig, 'id' | 'name' | 'version'>;
  restoration: Pick<RestorationConfig, 'id' | 'name' | 'version'>;
  /** Samples that are wholly restored already, as far as is known. */
  cached: number;
  /** Why it can not be queued. */
  problem: Problem | null;
}

export interface PlanEstimate {
  matrix: number;
  /** Of each run. */
  samples: number;
  runs: EstimatedRun[];
  /** Of the runs whose cost is known, one after the other on one executor. */
  seconds: number;
  /** Runs whose cost is not known. */
  unknown: number;
  queue: QueueAhead;
  /** Until all is done, if nothing is queued meanwhile; none where it can not be known. */
  readySeconds: number | null;
}

/**
 * What the runs of a plan would cost, by what earlier ones have cost, and when they would be done. Changes nothing.
 * @throws InvalidInput when there is no such plan, or it is too large
 */
export async function estimatePlan(
  database: Database,
  version: DatasetVersion & { dataset: { projectId: bigint } },
  split: Split | null,
  plan: unknown,
): Promise<PlanEstimate> {
  const { prisma } = database;
  const parsed = parseInput(experimentPlan, plan, 'input.plan');
  await checkPlanOf(prisma, version.dataset.projectId, parsed);
  const planned = expandPlan(parsed);
  const [modelIds, restorationIds] = [parsed.modelConfigIds.map(BigInt), parsed.restorationConfigIds.map(BigInt)];
  const [models, restorations, history, executors, queue, samples] = await Promise.all([
    prisma.modelConfig.findMany({ where: { id: { in: modelIds } } }),
    prisma.restorationConfig.findMany({ where: { id: { in: restorationIds } } }),
    readHistory(database, modelIds, restorationIds),
    readExecutors(database),
    readQueue(database),
    split === null ? version.sampleCount : prisma.sample.count({ where: { versionId: version.id, split } }),
  ]);
  const place = { versionId: version.id, size: version.sampleCount, split };
  const restored = new Map(
    await Promise.all(
      restorations.map(async ({ id, steps }) => [id, await cachedSamples(database, place, steps, samples)] as const),
    ),
  );
  const flaws = new Map(
    models.map(({ id, spec }) => [id, labelMismatch(modelSpec.parse(spec).labels, version.labels, 'model.labels')]),
  );
  const runs = planned.map((run): EstimatedRun => {
    const cached = restored.get(run.restorationConfigId)!;
    return {
      ...run,
      ...estimateRun({ ...run, samples, cached }, history, executors.hardware),
      model: models.find(({ id }) => id === run.modelConfigId)!,
      restoration: restorations.find(({ id }) => id === run.restorationConfigId)!,
      cached,
      problem: flaws.get(run.modelConfigId) ?? null,
    };
  });
  const seconds = runs.reduce((sum, run) => sum + (run.seconds ?? 0), 0);
  const unknown = runs.filter((run) => run.seconds === null).length;
  const isKnown = unknown === 0 && queue.seconds !== null && queue.executors > 0;
  const readySeconds = isKnown ? (queue.seconds! + seconds) / queue.executors : null;
  return { matrix: planSize(parsed).matrix, samples, runs, seconds, unknown, queue, readySeconds };
}
