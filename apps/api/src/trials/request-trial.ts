import {
  digest,
  displayName,
  IMPORT_LIMITS,
  InvalidInput,
  modelSpec,
  parseInput,
  problem,
  restorationSteps,
  TRIAL_HOURS,
  TRIAL_LIMITS,
  type ModelSpec,
  type RestorationSteps,
} from '@samplewise/domain';
import { enqueue, type Prisma } from '@samplewise/database';
import { z } from 'zod';
import type { Actor } from '../auth/policy.ts';
import { checkModel, checkSteps, keepUploads } from '../configs/create-config.ts';
import type { Context, Services } from '../context.ts';

const schema = z.object({
  imageDigest: digest,
  fileName: displayName.default('picture'),
  model: z.unknown().optional(),
  steps: z.unknown().optional(),
});

/** Row numbers, as far as configs are named. */
export interface TriedConfigs {
  modelConfigId: bigint | null;
  restorationConfigId: bigint | null;
}

/** What is to be tried, known to be whole. */
interface Tried extends TriedConfigs {
  model: ModelSpec | null;
  steps: RestorationSteps;
  uploads: { place: string; digest: string }[];
}

/**
 * Queues a trial of a model, a restoration or both on one uploaded picture.
 * @throws InvalidInput when a field is wrong, the picture or a file has not been uploaded, or the caller has too many
 */
export async function requestTrial(
  { database, storage, boss, actor }: Pick<Context, 'database' | 'storage' | 'boss' | 'actor'>,
  projectId: bigint,
  configs: TriedConfigs,
  input: unknown,
): Promise<{ id: bigint }> {
  const { imageDigest, fileName, model, steps } = parseInput(schema, input, 'input');
  const { uploads, ...tried } = await readTried({ database, storage }, projectId, configs, { model, steps });
  const createdBy = makerOf(actor);
  return database.prisma.$transaction(async (transaction) => {
    await checkLimits(transaction, createdBy);
    await keepUploads(transaction, [...uploads, { place: 'input.imageDigest', digest: imageDigest }]);
    await checkSize(transaction, imageDigest);
    const row = await transaction.trial.create({
      data: {
        projectId,
        modelConfigId: tried.modelConfigId,
        restorationConfigId: tried.restorationConfigId,
        ...(tried.model ? { model: tried.model } : {}),
        steps: tried.steps,
        imageDigest,
        fileName,
        createdBy,
      },
      select: { id: true },
    });
    await enqueue(boss, transaction, 'try-image', [{ trialId: String(row.id) }]);
    return row;
  });
}

/** For whom trials are counted. */
const makerOf = (actor: Actor): string => {
  if (actor.kind === 'person') return `person ${actor.personId}`;
  return actor.kind === 'token' ? `token ${actor.tokenId}` : actor.kind;
};

async function readTried(
  { database: { prisma }, storage }: Pick<Services, 'database' | 'storage'>,
  projectId: bigint,
  { modelConfigId, restorationConfigId }: TriedConfigs,
  { model, steps }: { model?: unknown; steps?: unknown },
): Promise<Tried> {
  const uploads: Tried['uploads'] = [];
  let spec: ModelSpec | null = null;
  let sequence: RestorationSteps = [];
  if (modelConfigId !== null) {
    const row = await prisma.modelConfig.findFirst({ where: { id: modelConfigId, projectId } });
    if (!row) throw notOfProject('model config', 'input.modelConfigId', `ModelConfig_${modelConfigId}`);
    spec = parseInput(modelSpec, row.spec, 'input.modelConfigId');
  } else if (model !== undefined) {
    const checked = await checkModel({ prisma, storage }, model, 'input.model');
    spec = checked.spec;
    uploads.push(...checked.uploads);
  }
  if (spec?.kind === 'external') throw external();
  if (restorationConfigId !== null) {
    const row = await prisma.restorationConfig.findFirst({ where: { id: restorationConfigId, projectId } });
    if (!row) {
      throw notOfProject('restoration config', 'input.restorationConfigId', `RestorationConfig_${restorationConfigId}`);
    }
    sequence = parseInput(restorationSteps, row.steps, 'input.restorationConfigId');
  } else if (steps !== undefined) {
    const checked = await checkSteps({ prisma, storage }, steps, 'input.steps');
    sequence = checked.steps;
    uploads.push(...checked.uploads);
  }
  if (!spec && sequence.length === 0) throw nothingToTry();
  return { modelConfigId, restorationConfigId, model: spec, steps: sequence, uploads };
}

/** Counted one after another for each maker. */
async function checkLimits(transaction: Prisma.TransactionClient, createdBy: string): Promise<void> {
  await transaction.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('trial'), hashtext(${createdBy}))::text`;
  const since = new Date(Date.now() - TRIAL_HOURS * 3600 * 1000);
  const mine = { createdBy, createdAt: { gt: since } };
  const recent = await transaction.trial.count({ where: mine });
  const unfinished = await transaction.trial.count({ where: { ...mine, status: { in: ['QUEUED', 'RUNNING'] } } });
  if (unfinished >= TRIAL_LIMITS.unfinished) {
    throw tooMany(`${unfinished} of your trials have not ended.`, 'Wait for one of them.');
  }
  if (recent >= TRIAL_LIMITS.recent) {
    throw tooMany(`You have tried ${recent} pictures within ${TRIAL_HOURS} h.`, 'Import them as a dataset instead.');
  }
}

async function checkSize(transaction: Prisma.TransactionClient, imageDigest: string): Promise<void> {
  const { size } = await transaction.blob.findUniqueOrThrow({ where: { digest: imageDigest } });
  if (size <= IMPORT_LIMITS.imageBytes) return;
  throw new InvalidInput(
    problem('TOO_LARGE', `The image has ${size} bytes, of which there may be ${IMPORT_LIMITS.imageBytes}.`, {
      place: 'input.imageDigest',
      value: imageDigest,
      mend: 'Compress or shrink it.',
    }),
  );
}

const tooMany = (message: string, mend: string): InvalidInput =>
  new InvalidInput(problem('CONFLICT', message, { place: 'input', mend }));

const notOfProject = (what: string, place: string, value: string): InvalidInput =>
  new InvalidInput(problem('NOT_FOUND', `The project has no such ${what}.`, { place, value }));

const nothingToTry = (): InvalidInput =>
  new InvalidInput(
    problem('INVALID_VALUE', 'There is nothing to try.', {
      place: 'input',
      mend: 'Name a model, or a restoration with steps.',
    }),
  );

const external = (): InvalidInput =>
  new InvalidInput(
    problem('INVALID_VALUE', 'The model is external: there is nothing to run.', {
      place: 'input.modelConfigId',
      mend: 'Choose a model that executors can run.',
    }),
  );
