import {
  digestOfJson,
  displayName,
  flattenParams,
  InvalidInput,
  parseInput,
  problem,
  runPriority,
  runSeed,
  splitsOfProbe,
  backboneOfModel,
  type LinearProbeSpec,
  type ModelSpec,
} from '@samplewise/domain';
import type { Experiment, ModelConfig, Prisma, PrismaScope, RestorationConfig } from '@samplewise/database';
import { authorOf } from '../auth/audit.ts';
import type { Context } from '../context.ts';
import { announceRun } from '../runs/create-run.ts';
import { planShards, type PlannedShard } from '../runs/queue-runs.ts';
import { announceShards } from '../runs/schedule-runs.ts';
import { chooseProbe } from './choose-probe.ts';

export interface ProbeRequest {
  modelConfigId: bigint;
  restorationConfigId: bigint | null;
  /** Of the run; made of the model and the restoration unless given. */
  name?: string | undefined;
  /** Under which the trained model is registered; the model's with `-probe` unless given. */
  modelName?: string | undefined;
  seed: number;
  priority: number;
  /** packages/domain's NewLinearProbe as it may be written */
  probe: unknown;
}

/**
 * Queues a run that trains a linear probe on the experiment's dataset version: a softmax head on the features that the
 * model's network gives. Executors compute the features shard by shard, fit the head and register the result as a model.
 * @throws InvalidInput when the experiment has no samples, the model or the restoration is not the project's, the model's
 *   file has no such tensor, a split has no samples, or those to learn from are of one class
 */
export async function queueProbe(
  { database, storage, actor }: Pick<Context, 'database' | 'storage' | 'actor'>,
  experiment: Experiment,
  request: ProbeRequest,
): Promise<{ id: bigint }> {
  const { prisma } = database;
  const priority = parseInput(runPriority, request.priority, 'input.priority');
  const seed = parseInput(runSeed, request.seed, 'input.seed');
  const version = await versionOf(prisma, experiment);
  const model = await modelOf(prisma, experiment.projectId, request.modelConfigId);
  const restoration = await restorationOf(prisma, experiment.projectId, request.restorationConfigId);
  const modelName = parseInput(
    displayName,
    request.modelName ?? `${model.name.slice(0, 110)}-probe`,
    'input.modelName',
  );
  const usual = [model.name, restoration?.name ?? 'none', 'linear probe'].join(' · ').slice(0, 120);
  const name = parseInput(displayName, request.name ?? usual, 'input.name');
  const { probe, spec } = await chooseProbe({ prisma, storage }, model, version, request.probe);
  return prisma.$transaction(async (transaction) => {
    const shards = await planShards(transaction, version.id, splitsOfProbe(probe));
    const featuresKey = keyOf(probe, spec, restoration, version, shards);
    const params = flattenParams({ probe: { ...probe, validation: wordsOf(probe) } }, 'input');
    const run = await transaction.run.create({
      data: {
        ...{ name, priority, seed, projectId: experiment.projectId, experimentId: experiment.id },
        modelConfigId: model.id,
        restorationConfigId: restoration?.id ?? null,
        createdBy: authorOf(actor),
        sampleTotal: shards.reduce((sum, shard) => sum + shard.samples, 0),
        training: { create: { spec: probe, modelName, featuresKey } },
        params: { create: params.map((param) => ({ ...param, projectId: experiment.projectId })) },
      },
    });
    await transaction.runShard.createMany({ data: shards.map((shard) => ({ ...shard, runId: run.id })) });
    await announceShards(transaction);
    await announceRun(transaction, run);
    return { id: run.id };
  });
}

/** The same for trainings whose features are the same, shard by shard. */
const keyOf = (
  { features }: LinearProbeSpec,
  spec: ModelSpec,
  restoration: RestorationConfig | null,
  version: { digest: string },
  shards: readonly PlannedShard[],
): string =>
  digestOfJson({
    // Without what only names it, so that versions of a model with the same network share them.
    backbone: backboneOfModel(spec) ?? null,
    features,
    restoration: restoration?.steps ?? [],
    samples: version.digest,
    shards: shards.map(({ index, firstIndex, lastIndex, samples }) => [index, firstIndex, lastIndex, samples]),
  });

/** As a param: `VALIDATION`, `share 0.2`, `none`. */
function wordsOf({ validation }: LinearProbeSpec): string {
  if (!validation) return 'none';
  return 'split' in validation ? validation.split : `share ${validation.share}`;
}

type Version = Prisma.DatasetVersionGetPayload<object>;

async function versionOf(prisma: PrismaScope, { id, datasetVersionId }: Experiment): Promise<Version> {
  if (datasetVersionId !== null) return prisma.datasetVersion.findUniqueOrThrow({ where: { id: datasetVersionId } });
  throw new InvalidInput(
    problem('INVALID_VALUE', 'The experiment has no dataset version, so that there is nothing to learn from.', {
      place: 'input.experimentId',
      value: `Experiment_${id}`,
      mend: 'Name an experiment with a dataset version.',
    }),
  );
}

async function modelOf(prisma: PrismaScope, projectId: bigint, id: bigint): Promise<ModelConfig> {
  const model = await prisma.modelConfig.findFirst({ where: { id, projectId } });
  if (model) return model;
  throw new InvalidInput(
    problem('NOT_FOUND', 'The project has no such model.', {
      place: 'input.modelConfigId',
      value: `ModelConfig_${id}`,
    }),
  );
}

async function restorationOf(
  prisma: PrismaScope,
  projectId: bigint,
  id: bigint | null,
): Promise<RestorationConfig | null> {
  if (id === null) return null;
  const restoration = await prisma.restorationConfig.findFirst({ where: { id, projectId } });
  if (restoration) return restoration;
  throw new InvalidInput(
    problem('NOT_FOUND', 'The project has no such restoration.', {
      place: 'input.restorationConfigId',
      value: `RestorationConfig_${id}`,
    }),
  );
}
