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
} from '@samplewise/domain';
import type { ModelKind, Prisma, PrismaClient, PrismaScope } from '@samplewise/database';

export interface CreatedConfig {
  id: bigint;
  /** False when the project had this very config under this name. */
  created: boolean;
}

const KINDS: Record<ModelSpec['kind'], ModelKind> = {
  'onnx-classifier': 'ONNX_CLASSIFIER',
  'clip-zero-shot': 'CLIP_ZERO_SHOT',
};

/**
 * Stores a model config as the next version of its name; the same description again gives the version that is there.
 * @throws InvalidInput naming each wrong field of the spec, or weights that have not been uploaded
 */
export async function createModelConfig(prisma: PrismaClient, projectId: bigint, name: string, spec: unknown) {
  const parsedName = parseInput(displayName, name, 'input.name');
  const parsed = parseInput(modelSpec, spec, 'input.spec');
  await checkUploads(
    prisma,
    weightsOf(parsed).map((w) => ({ place: `input.spec.${w.place}.digest`, digest: w.digest })),
  );
  const digest = digestOfJson(parsed);
  return prisma.$transaction(async (transaction): Promise<CreatedConfig> => {
    await lockProject(transaction, projectId);
    const same = { projectId, name: parsedName };
    const present = await transaction.modelConfig.findFirst({ where: { ...same, digest } });
    if (present) return { id: present.id, created: false };
    const version = (await transaction.modelConfig.count({ where: same })) + 1;
    const data = { ...same, version, kind: KINDS[parsed.kind], spec: parsed, digest };
    return { id: (await transaction.modelConfig.create({ data })).id, created: true };
  });
}

/** As createModelConfig, for the steps of a restoration. */
export async function createRestorationConfig(prisma: PrismaClient, projectId: bigint, name: string, steps: unknown) {
  const parsedName = parseInput(displayName, name, 'input.name');
  const parsed = parseInput(restorationSteps, steps, 'input.steps');
  await checkUploads(
    prisma,
    parsed.flatMap((step, i) =>
      weightsOfStep(step).map((w) => ({ ...w, place: `input.steps.${i}.${w.place}.digest` })),
    ),
  );
  const digest = digestOfJson(parsed);
  return prisma.$transaction(async (transaction): Promise<CreatedConfig> => {
    await lockProject(transaction, projectId);
    const same = { projectId, name: parsedName };
    const present = await transaction.restorationConfig.findFirst({ where: { ...same, digest } });
    if (present) return { id: present.id, created: false };
    const version = (await transaction.restorationConfig.count({ where: same })) + 1;
    const data = { ...same, version, steps: parsed as Prisma.InputJsonValue, digest };
    return { id: (await transaction.restorationConfig.create({ data })).id, created: true };
  });
}

async function checkUploads(prisma: PrismaScope, uploads: { place: string; digest: string }[]): Promise<void> {
  const rows = await prisma.blob.findMany({ where: { digest: { in: uploads.map((u) => u.digest) } } });
  const present = new Set(rows.map((row) => row.digest));
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
