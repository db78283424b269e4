import { displayName, InvalidInput, parseInput, problem, prose } from '@samplewise/domain';
import type { PrismaClient } from '@samplewise/database';
import { z } from 'zod';
import { orConflict } from '../conflicts.ts';

const experimentChange = z.object({ name: displayName.optional(), description: prose.optional() });

/** Renames an experiment, or words its question anew; what is left out stays. @throws InvalidInput */
export async function updateExperiment(prisma: PrismaClient, id: bigint, input: unknown): Promise<void> {
  const { name, description } = parseInput(experimentChange, input, 'input');
  const data = { ...(name !== undefined && { name }), ...(description !== undefined && { description }) };
  const conflict = problem('CONFLICT', 'The project has an experiment of this name.', {
    place: 'input.name',
    value: name,
    mend: 'Choose another name.',
  });
  const { count } = await orConflict(prisma.experiment.updateMany({ where: { id }, data }), conflict);
  if (count === 1) return;
  throw new InvalidInput(
    problem('NOT_FOUND', 'There is no such experiment.', { place: 'input.experimentId', value: `Experiment_${id}` }),
  );
}
