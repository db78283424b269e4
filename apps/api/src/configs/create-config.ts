import {
  digestOfJson,
  displayName,
  InvalidInput,
  modelSpec,
  parseInput,
  problem,
  restorationSteps,
  weightsOf,
  weightsOfStep,
  type ModelSpec,
  type RestorationSteps,
} from '@samplewise/domain';
import {
  insertModelConfig,
  type CreatedConfig,
  type ModelKind,
  type Prisma,
  type PrismaClient,
} from '@samplewise/database';
import type { Storage } from '@samplewise/storage';
import { keepBlobs } from '../uploads/keep-blobs.ts';
import { checkUploadedModel, checkUploadedSteps } from './check-model.ts';

const KINDS: Record<ModelSpec['kind'], ModelKind> = {
  'onnx-classifier': 'ONNX_CLASSIFIER',
  'clip-zero-shot': 'CLIP_ZERO_SHOT',
  'vlm-prompt': 'VLM_PROMPT',
  external: 'EXTERNAL',
};

/**
 * Stores a model config as the next version of its name; the same description again gives the version that is there.
 * @throws InvalidInput naming each wrong field of the spec, weights that have not been uploaded, or what of the spec does
 *   not fit them
 */
export async function createModelConfig(
  prisma: PrismaClient,
  storage: Storage,
  projectId: bigint,
  name: string,
  spec: unknown,
) {
  const parsedName = parseInput(displayName, name, 'input.name');
  const { spec: parsed, uploads } = await checkModel({ prisma, storage }, spec, 'input.spec');
  const digest = digestOfJson(parsed);
  return prisma.$transaction(async (transaction): Promise<CreatedConfig> => {
    await lockProject(transaction, projectId);
    await keepUploads(transaction, uploads);
    const config = { projectId, name: parsedName, kind: KINDS[parsed.kind], spec: parsed, digest };
    return insertModelConfig((sql, values) => transaction.$queryRawUnsafe(sql, ...values), config);
  });
}

/** What a config needs, and where it says so. */
interface Upload {
  place: string;
  digest: string;
}

/**
 * Reads the spec of a model, and holds it against its files.
 * @param place of the spec in the input
 * @returns also the files that whoever stores the spec must keep, by `keepUploads`: no transaction waits for the reading
 * @throws InvalidInput as createModelConfig
 */
export async function checkModel(
  { prisma, storage }: { prisma: PrismaClient; storage: Storage },
  spec: unknown,
  place: string,
): Promise<{ spec: ModelSpec; uploads: Upload[] }> {
  const parsed = parseInput(modelSpec, spec, place);
  const uploads = weightsOf(parsed).map((w) => ({ place: `${place}.${w.place}.digest`, digest: w.digest }));
  await prisma.$transaction((transaction) => keepUploads(transaction, uploads));
  await checkUploadedModel(storage, parsed, place);
  return { spec: parsed, uploads };
}

/** The same for the steps of a restoration. */
export async function checkSteps(
  { prisma, storage }: { prisma: PrismaClient; storage: Storage },
  steps: unknown,
  place: string,
): Promise<{ steps: RestorationSteps; uploads: Upload[] }> {
  const parsed = parseInput(restorationSteps, steps, place);
  const uploads = parsed.flatMap((step, i) =>
    weightsOfStep(step).map((w) => ({ place: `${place}.${i}.${w.place}.digest`, digest: w.digest })),
  );
  await prisma.$transaction((transaction) => keepUploads(transaction, uploads));
  await checkUploadedSteps(storage, parsed, place);
  return { steps: parsed, uploads };
}

/** As createModelConfig, for the steps of a restoration. */
export async function createRestorationConfig(
  prisma: PrismaClient,
  storage: Storage,
  projectId: bigint,
  name: string,
  steps: unknown,
) {
  const parsedName = parseInput(displayName, name, 'input.name');
  const { steps: parsed, uploads } = await checkSteps({ prisma, storage }, steps, 'input.steps');
  const digest = digestOfJson(parsed);
  return prisma.$transaction(async (transaction): Promise<CreatedConfig> => {
    await lockProject(transaction, projectId);
    await keepUploads(transaction, uploads);
    const same = { projectId, name: parsedName };
    const present = await transaction.restorationConfig.findFirst({ where: { ...same, digest } });
    if (present) return { id: present.id, created: false };
    const version = (await transaction.restorationConfig.count({ where: same })) + 1;
    const data = { ...same, version, steps: parsed as Prisma.InputJsonValue, digest };
    return { id: (await transaction.restorationConfig.create({ data })).id, created: true };
  });
}

/** @throws InvalidInput naming those that are not there */
export async function keepUploads(transaction: Prisma.TransactionClient, uploads: readonly Upload[]): Promise<void> {
  const present = await keepBlobs(
    (sql, values) => transaction.$queryRawUnsafe(sql, ...values),
    uploads.map((u) => u.digest),
  );
  const [first, ...more] = uploads
    .filter((u) => !present.has(u.digest))
    .map((u) =>
      problem('NOT_FOUND', 'No upload has this digest.', {
        place: u.place,
        value: u.digest,
        mend: 'Send the file to POST /uploads first; the answer holds its digest.',
      }),
    );
  if (first) throw new InvalidInput(first, ...more);
}

/** Versions are counted one after another. */
async function lockProject(transaction: Prisma.TransactionClient, projectId: bigint): Promise<void> {
  await transaction.$queryRaw`SELECT 1 FROM project WHERE id = ${projectId} FOR UPDATE`;
}
