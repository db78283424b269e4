import { mutate } from './ask.ts';
import type { Stack } from './stack.ts';

/** A project with an experiment without samples, in which runs of clients can be begun. */
export async function trainings(stack: Stack, name: string) {
  const { project } = (await mutate(
    stack,
    'createProject',
    { name },
    '... on CreateProjectPayload { project { id } }',
  )) as { project: { id: string } };
  const { experiment } = (await mutate(
    stack,
    'createExperiment',
    { projectId: project.id, name: 'Trainings' },
    '... on CreateExperimentPayload { experiment { id } }',
  )) as { experiment: { id: string } };
  return {
    projectId: project.id,
    experimentId: experiment.id,
    begin: async (input: object = {}): Promise<string> => {
      const fields = '... on CreateRunPayload { run { id } }';
      const { run } = (await mutate(stack, 'createRun', { experimentId: experiment.id, ...input }, fields)) as {
        run: { id: string };
      };
      return run.id;
    },
  };
}

/** `42` of `Run_42`, as tables have it. */
export const numberOf = (id: string): string => id.slice(id.indexOf('_') + 1);
