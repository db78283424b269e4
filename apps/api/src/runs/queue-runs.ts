import {
  expandPlan,
  InvalidInput,
  labelMismatch,
  modelSpec,
  parseInput,
  problem,
  runPriority,
  type ExperimentPlan,
  type PlannedRun,
  type Split,
} from '@samplewise/domain';
import { announce, type Experiment, type Prisma } from '@samplewise/database';
import { authorOf } from '../auth/audit.ts';
import type { Actor } from '../auth/policy.ts';
import type { Services } from '../context.ts';
import { checkedPlan } from '../experiments/plan-runs.ts';
import { announceShards } from './schedule-runs.ts';

/** Samples of one shard: some seconds of work, so that a lost executor costs little and progress is seen. */
export const SHARD_SAMPLES = 256;

export interface PlannedShard {
  index: number;
  firstIndex: number;
  lastIndex: number;
  samples: number;
}

/**
 * Queues a run for each combination of the plan, with its shards, all or nothing.
 * @param plan of the experiment unless given
 * @param priority among the runs of the team
 * @throws InvalidInput when there is no plan, it is too large, a model has other classes than the dataset, or the split
 * has no samples
 */
export async function queueRuns(
  { database, actor }: Pick<Services, 'database'> & { actor?: Actor },
  experiment: Experiment,
  plan: unknown = experiment.plan,
  priority = 0,
): Promise<bigint[]> {
  parseInput(runPriority, priority, 'input.priority');
  const { datasetVersionId } = experiment;
  if (datasetVersionId === null) {
    throw new InvalidInput(
      problem('INVALID_VALUE', 'The experiment has no dataset version, so that there is nothing to predict.', {
        place: 'input.experimentId',
        value: `Experiment_${experiment.id}`,
        mend: 'Queue runs of an experiment with a dataset version.',
      }),
    );
  }
  const parsed = await checkedPlan(database, experiment, plan);
  const planned = expandPlan(parsed);
  return database.prisma.$transaction(
    async (transaction) => {
      const { split } = experiment;
      const shards = await planShards(transaction, datasetVersionId, split ? [split] : null);
      if (shards.length === 0) {
        throw new InvalidInput(
          problem('EMPTY_SOURCE', 'The dataset version has no samples in this split.', {
            place: 'experiment.split',
            value: experiment.split,
          }),
        );
      }
      await checkLabels(transaction, datasetVersionId, planned);
      const names = await nameRuns(transaction, parsed, planned);
      const runs = await transaction.run.createManyAndReturn({
        select: { id: true },
        data: planned.map((run, i) => ({
          ...run,
          priority,
          createdBy: authorOf(actor),
          projectId: experiment.projectId,
          experimentId: experiment.id,
          name: names[i]!,
          sampleTotal: shards.reduce((sum, shard) => sum + shard.samples, 0),
        })),
      });
      await transaction.runShard.createMany({
        data: runs.flatMap(({ id }) => shards.map((shard) => ({ ...shard, runId: id }))),
      });
      await announceShards(transaction);
      for (const { id } of runs) {
        await announce((sql, values) => transaction.$queryRawUnsafe(sql, ...values), {
          kind: 'run',
          runId: String(id),
          experimentId: String(experiment.id),
        });
      }
      return runs.map(({ id }) => id);
    },
    { timeout: 60_000 },
  );
}

/** @throws InvalidInput naming each model whose classes are not the dataset's */
async function checkLabels(
  transaction: Prisma.TransactionClient,
  versionId: bigint,
  planned: readonly PlannedRun[],
): Promise<void> {
  const { labels } = await transaction.datasetVersion.findUniqueOrThrow({ where: { id: versionId } });
  const models = await transaction.modelConfig.findMany({ where: { id: { in: planned.map((p) => p.modelConfigId) } } });
  const mismatches = models.map(({ id, spec }) => {
    const place = `ModelConfig_${id}`;
    return labelMismatch(parseInput(modelSpec, spec, place).labels, labels, `${place}.labels`);
  });
  const [first, ...more] = mismatches.filter((mismatch) => mismatch !== undefined);
  if (first) throw new InvalidInput(first, ...more);
}

/** Cuts the samples of some splits into ranges of their index. @param splits all samples unless given */
export function planShards(
  transaction: Prisma.TransactionClient,
  versionId: bigint,
  splits: readonly Split[] | null,
): Promise<PlannedShard[]> {
  return transaction.$queryRaw<PlannedShard[]>`
    SELECT shard::int AS "index", min("index")::int AS "firstIndex", max("index")::int AS "lastIndex", count(*)::int AS samples
      FROM (SELECT "index", (row_number() OVER (ORDER BY "index") - 1) / ${SHARD_SAMPLES}::int AS shard
              FROM sample
             WHERE version_id = ${versionId}
               AND (${splits}::"Split"[] IS NULL OR split = ANY(${splits}::"Split"[]))) AS numbered
     GROUP BY shard ORDER BY shard`;
}

/** `resnet-mini · none`, with the seed where the plan has several. */
async function nameRuns(
  transaction: Prisma.TransactionClient,
  plan: ExperimentPlan,
  planned: PlannedRun[],
): Promise<string[]> {
  const models = await transaction.modelConfig.findMany({ where: { id: { in: planned.map((p) => p.modelConfigId) } } });
  const restorations = await transaction.restorationConfig.findMany({
    where: { id: { in: planned.map((p) => p.restorationConfigId) } },
  });
  return planned.map((run) => {
    const model = models.find((m) => m.id === run.modelConfigId)!;
    const restoration = restorations.find((r) => r.id === run.restorationConfigId)!;
    const seed = plan.seeds.length > 1 ? ` · seed ${run.seed}` : '';
    return `${model.name} · ${restoration.name}${seed}`;
  });
}
