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

const schema = z.object({
  name: displayName,
  description: prose.default(''),
  split: z.enum(SPLITS).optional(),
  plan: experimentPlan.optional(),
});

/**
 * Makes an experiment over a dataset version of the same project.
 * @throws InvalidInput when a field is wrong, a name is taken, or the plan names what the project does not have
 */
export async function createExperiment(
  prisma: PrismaClient,
  projectId: bigint,
  datasetVersionId: bigint,
  input: unknown,
): Promise<{ id: bigint }> {
  const { name, description, split, plan } = parseInput(schema, input, 'input');
  const version = await prisma.datasetVersion.findFirst({ where: { id: datasetVersionId, dataset: { projectId } } });
  if (!version) {
    throw new InvalidInput(
      problem('NOT_FOUND', 'The project has no such dataset version.', {
        place: 'input.datasetVersionId',
        value: `DatasetVersion_${datasetVersionId}`,
      }),
    );
  }
  if (plan) await checkPlan(prisma, projectId, plan, 'input.plan');
  const taken = await prisma.experiment.findUnique({ where: { projectId_name: { projectId, name } } });
  if (taken) {
    throw new InvalidInput(
      problem('CONFLICT', 'The project has an experiment of this name.', {
        place: 'input.name',
        value: name,
        mend: 'Choose another name.',
      }),
    );
  }
  return prisma.experiment.create({
    data: { projectId, datasetVersionId, name, description, split: split ?? null, ...(plan ? { plan } : {}) },
  });
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
  const [first, ...more] = [
    ...missing(plan.modelConfigIds, models, 'ModelConfig', 'modelConfigIds'),
    ...missing(plan.restorationConfigIds, restorations, 'RestorationConfig', 'restorationConfigIds'),
  ];
  if (first) throw new InvalidInput(first, ...more);
}
