import {
  flattenParams,
  InvalidInput,
  newRun,
  PARAM_LIMIT,
  parseInput,
  problem,
  type RunParam,
} from '@samplewise/domain';
import { announce, type Experiment, type Prisma } from '@samplewise/database';
import { authorOf } from '../auth/audit.ts';
import type { Actor } from '../auth/policy.ts';
import type { Services } from '../context.ts';

/** The rows that a new run refers to. */
export interface RunReferences {
  modelConfigId: bigint | null;
  restorationConfigId: bigint | null;
  parentId: bigint | null;
}

/**
 * Begins a run whose predictions or metrics a client logs. With a `clientKey` that the experiment has already, the run
 * that is there is given, so that a client may try again.
 * @returns whether it was made now
 * @throws InvalidInput when a field is wrong or refers to what the project does not have
 */
export async function createRun(
  { database, actor }: Pick<Services, 'database'> & { actor?: Actor },
  experiment: Experiment,
  references: RunReferences,
  input: unknown,
  params: unknown,
): Promise<{ id: bigint; created: boolean }> {
  const { tags, environment, name, group, clientKey, published, ...fields } = parseInput(newRun, input, 'input');
  const flat = params === undefined ? [] : flattenParams(params, 'input.params');
  const { projectId } = experiment;
  return database.prisma.$transaction(async (transaction) => {
    if (clientKey !== undefined) {
      const present = await transaction.run.findUnique({
        where: { experimentId_clientKey: { experimentId: experiment.id, clientKey } },
      });
      if (present) return { id: present.id, created: false };
    }
    const names = await checkReferences(transaction, projectId, references);
    const run = await transaction.run.create({
      data: {
        ...fields,
        ...references,
        projectId,
        experimentId: experiment.id,
        name: name ?? (names.length > 0 ? names.join(' · ') : 'run'),
        group: group ?? null,
        clientKey: clientKey ?? null,
        createdBy: authorOf(actor),
        source: published ? 'IMPORT' : 'CLIENT',
        ...(published ? { published } : {}),
        status: 'RUNNING',
        sampleTotal: await countSamples(transaction, experiment),
        startedAt: new Date(),
        heartbeatAt: new Date(),
        ...(environment ? { environment: environment as Prisma.InputJsonObject } : {}),
        tags: { create: tags.map((tag) => ({ ...tag, projectId })) },
        params: { create: flat.map((param) => ({ ...param, projectId })) },
      },
    });
    await announceRun(transaction, run);
    return { id: run.id, created: true };
  });
}

/**
 * Logs params. One that is there already with this value is fine; with another value it is refused, since a param is
 * what a run was started with.
 * @throws InvalidInput naming each
 */
export async function logParams(
  { database }: Pick<Services, 'database'>,
  id: bigint,
  params: readonly RunParam[],
): Promise<void> {
  await database.prisma.$transaction(async (transaction) => {
    // Params belong to all runs, so that whoever imports old ones may complete them.
    await transaction.$queryRaw`SELECT 1 FROM run WHERE id = ${id} FOR UPDATE`;
    const run = await transaction.run.findFirst({ where: { id, deletedAt: null } });
    if (!run) {
      throw new InvalidInput(
        problem('NOT_FOUND', 'There is no such run.', { place: 'input.runId', value: `Run_${id}` }),
      );
    }
    await addParams(transaction, run, params);
    await announceRun(transaction, run);
  });
}

async function addParams(
  transaction: Prisma.TransactionClient,
  run: { id: bigint; projectId: bigint },
  params: readonly RunParam[],
): Promise<void> {
  const present = await transaction.runParam.findMany({
    where: { runId: run.id, key: { in: params.map((p) => p.key) } },
  });
  const known = new Map(present.map(({ key, value }) => [key, value]));
  const total = params.length - known.size + (await transaction.runParam.count({ where: { runId: run.id } }));
  if (total > PARAM_LIMIT) {
    throw new InvalidInput(
      problem('TOO_LARGE', `The run would have ${total} params.`, {
        place: 'input.params',
        value: total,
        mend: `A run has at most ${PARAM_LIMIT}.`,
      }),
    );
  }
  const [first, ...more] = params
    .filter(({ key, value }) => known.has(key) && known.get(key) !== value)
    .map(({ key, value }) =>
      problem('CONFLICT', `The run was started with another value: ${known.get(key)!.slice(0, 100)}.`, {
        place: `input.params.${key}`,
        value,
        mend: 'Params do not change. Log what changes as a metric or a tag, or begin another run.',
      }),
    );
  if (first) throw new InvalidInput(first, ...more);
  await transaction.runParam.createMany({
    data: params
      .filter(({ key }) => !known.has(key))
      .map((param) => ({ ...param, runId: run.id, projectId: run.projectId })),
  });
}

/** Tells everybody who follows the run or its experiment, when the transaction commits. */
export async function announceRun(
  transaction: Prisma.TransactionClient,
  run: { id: bigint; experimentId: bigint },
): Promise<void> {
  await announce((sql, values) => transaction.$queryRawUnsafe(sql, ...values), {
    kind: 'run',
    runId: String(run.id),
    experimentId: String(run.experimentId),
  });
}

/** @returns the names of the configs */
async function checkReferences(
  transaction: Prisma.TransactionClient,
  projectId: bigint,
  { modelConfigId, restorationConfigId, parentId }: RunReferences,
): Promise<string[]> {
  const [model, restoration, parent] = await Promise.all([
    modelConfigId === null ? undefined : transaction.modelConfig.findFirst({ where: { id: modelConfigId, projectId } }),
    restorationConfigId === null
      ? undefined
      : transaction.restorationConfig.findFirst({ where: { id: restorationConfigId, projectId } }),
    parentId === null ? undefined : transaction.run.findFirst({ where: { id: parentId, projectId, deletedAt: null } }),
  ]);
  const missing = [
    ...(model === null ? [lacks('ModelConfig', 'modelConfigId', modelConfigId!)] : []),
    ...(restoration === null ? [lacks('RestorationConfig', 'restorationConfigId', restorationConfigId!)] : []),
    ...(parent === null ? [lacks('Run', 'parentId', parentId!)] : []),
  ];
  const [first, ...more] = missing;
  if (first) throw new InvalidInput(first, ...more);
  return [model?.name, restoration?.name].filter((name) => name !== undefined);
}

const lacks = (type: string, field: string, id: bigint) =>
  problem('NOT_FOUND', `The project has no such ${type}.`, { place: `input.${field}`, value: `${type}_${id}` });

async function countSamples(transaction: Prisma.TransactionClient, experiment: Experiment): Promise<number> {
  const { datasetVersionId: versionId, split } = experiment;
  if (versionId === null) return 0;
  return transaction.sample.count({ where: { versionId, ...(split ? { split } : {}) } });
}
