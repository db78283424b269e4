import {
  displayName,
  experimentPlan,
  InvalidInput,
  parseInput,
  problem,
  prose,
  SPLITS,
  type ExperimentPlan,
} from '@samplewise/domain';
import type { PrismaClient, PrismaScope } from '@samplewise/database';
import { z } from 'zod';
import { orConflict } from '../conflicts.ts';

const schema = z.object({
  name: displayName,
  description: prose.default(''),
  split: z.enum(SPLITS).optional(),
  plan: experimentPlan.optional(),
});

/**
 * Makes an experiment over a dataset version of the same project, or over none.
 * @throws InvalidInput when a field is wrong, a name is taken, or the plan names what the project does not have
 */
export async function createExperiment(
  prisma: PrismaClient,
  projectId: bigint,
  datasetVersionId: bigint | null,
  input: unknown,
): Promise<{ id: bigint }> {
  const { name, description, split, plan } = parseInput(schema, input, 'input');
  if (datasetVersionId !== null) await checkVersion(prisma, projectId, datasetVersionId);
  else if (split !== undefined || plan) {
    throw new InvalidInput(
      problem('INVALID_VALUE', 'An experiment without a dataset version has no split and no plan.', {
        place: split === undefined ? 'input.plan' : 'input.split',
        mend: 'Name a dataset version, or leave it out.',
      }),
    );
  }
  if (plan) await checkPlan(prisma, projectId, plan, 'input.plan');
  const taken = await prisma.experiment.findUnique({ where: { projectId_name: { projectId, name } } });
  const conflict = problem('CONFLICT', 'The project has an experiment of this name.', {
    place: 'input.name',
    value: name,
    mend: 'Choose another name.',
  });
  if (taken) throw new InvalidInput(conflict);
  const data = { projectId, datasetVersionId, name, description, split: split ?? null, ...(plan ? { plan } : {}) };
  return orConflict(prisma.experiment.create({ data }), conflict);
}

async function checkVersion(prisma: PrismaClient, projectId: bigint, id: bigint): Promise<void> {
  const version = await prisma.datasetVersion.findFirst({ where: { id, dataset: { projectId } } });
  if (version) return;
  throw new InvalidInput(
    problem('NOT_FOUND', 'The project has no such dataset version.', {
      place: 'input.datasetVersionId',
      value: `DatasetVersion_${id}`,
    }),
  );
}

/** @throws InvalidInput naming the configs that the project does not have */
export async function checkPlan(
  prisma: PrismaScope,
  projectId: bigint,
  plan: ExperimentPlan,
  place: string,
): Promise<void> {
  const [models, restorations] = await Promise.all([
    prisma.modelConfig.findMany({ where: { projectId, id: { in: plan.modelConfigIds.map(BigInt) } } }),
    prisma.restorationConfig.findMany({ where: { projectId, id: { in: plan.restorationConfigIds.map(BigInt) } } }),
  ]);
  const missing = (ids: string[], rows: { id: bigint }[], type: string, field: string) =>
    ids
      .filter((id) => !rows.some((row) => String(row.id) === id))
      .map((id) =>
        problem('NOT_FOUND', `The project has no such ${type}.`, {
          place: `${place}.${field}`,
          value: `${type}_${id}`,
        }),
      );
  const external = models
    .filter((model) => model.kind === 'EXTERNAL')
    .map((model) =>
      problem('INVALID_VALUE', 'The model is external: no executor can run it.', {
        place: `${place}.modelConfigIds`,
        value: `ModelConfig_${model.id}`,
        mend: 'Log its predictions as a client, to a run of your own.',
      }),
    );
  const [first, ...more] = [
    ...external,
    ...missing(plan.modelConfigIds, models, 'ModelConfig', 'modelConfigIds'),
    ...missing(plan.restorationConfigIds, restorations, 'RestorationConfig', 'restorationConfigIds'),
  ];
  if (first) throw new InvalidInput(first, ...more);
}
