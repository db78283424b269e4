import { updateExperiment } from '../../experiments/update-experiment.ts';
import { builder, rowNumber } from '../builder.ts';
import { withoutNulls } from '../shared/inputs.ts';
import './experiment.ts';

const UpdateExperimentInput = builder.inputType('UpdateExperimentInput', {
  description: 'What people say of an experiment. What is left out stays.',
  fields: (t) => ({
    experimentId: t.id({ required: true, description: 'Such as Experiment_1.' }),
    name: t.string({ description: 'Unique within the project.' }),
    description: t.string({ description: 'The question.' }),
  }),
});

const UpdateExperimentPayload = builder.objectRef<{ id: bigint }>('UpdateExperimentPayload').implement({
  description: 'The experiment as it is now.',
  fields: (t) => ({
    experiment: t.prismaField({
      type: 'Experiment',
      description: 'The experiment.',
      resolve: (query, { id }, _args, { database }) =>
        database.prisma.experiment.findUniqueOrThrow({ ...query, where: { id } }),
    }),
  }),
});

builder.mutationField('updateExperiment', (t) =>
  t.field({
    type: UpdateExperimentPayload,
    description: 'Renames an experiment, or words its question anew. What it runs on stays.',
    errors: {},
    args: { input: t.arg({ type: UpdateExperimentInput, required: true, description: 'What to change.' }) },
    resolve: async (_root, { input }, { database }) => {
      const { experimentId, ...change } = input;
      const id = rowNumber(experimentId, 'Experiment', 'input.experimentId');
      await updateExperiment(database.prisma, id, withoutNulls(change));
      return { id };
    },
  }),
);
