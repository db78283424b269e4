import { PLAN_LIMIT } from '@samplewise/domain';
import { previewPlan, type PlanPreview, type PreviewedRun } from '../../experiments/plan-runs.ts';
import { builder, found, rowNumber } from '../builder.ts';
import { planOf, QueueRunsInput } from './experiment.ts';

const PreviewedRunRef = builder.objectRef<PreviewedRun>('PlannedRun').implement({
  description: 'A run that a plan would make.',
  fields: (t) => ({
    modelConfigId: t.id({
      description: 'Such as ModelConfig_1.',
      resolve: ({ modelConfigId }) => `ModelConfig_${modelConfigId}`,
    }),
    restorationConfigId: t.id({
      description: 'Such as RestorationConfig_1.',
      resolve: ({ restorationConfigId }) => `RestorationConfig_${restorationConfigId}`,
    }),
    model: t.exposeString('model', { description: "The model config's name." }),
    restoration: t.exposeString('restoration', { description: "The restoration config's name." }),
    seed: t.exposeInt('seed', { description: 'Of everything that is drawn at random.' }),
    existing: t.exposeInt('existing', { description: 'Runs of the experiment with the same three.' }),
    newestId: t.id({
      nullable: true,
      description: 'The newest of these, such as Run_1.',
      resolve: ({ newestId }) => (newestId === null ? null : `Run_${newestId}`),
    }),
  }),
});

const PlanPreviewRef = builder.objectRef<PlanPreview>('PlanPreview').implement({
  description: 'What queueRuns would make of a plan.',
  fields: (t) => ({
    matrix: t.exposeInt('matrix', { description: 'Combinations of the whole matrix, of which a sample takes some.' }),
    runs: t.field({
      type: [PreviewedRunRef],
      complexity: { multiplier: PLAN_LIMIT },
      description: `In the order in which they would be queued, at most ${PLAN_LIMIT}.`,
      resolve: ({ runs }) => runs,
    }),
  }),
});

builder.queryField('planRuns', (t) =>
  t.field({
    type: PlanPreviewRef,
    description: 'Shows what queueRuns would make, and what of it is there already. Changes nothing.',
    complexity: 100,
    args: { input: t.arg({ type: QueueRunsInput, required: true, description: 'As queueRuns takes it.' }) },
    resolve: async (_root, { input }, { database }) => {
      const id = rowNumber(input.experimentId, 'Experiment', 'input.experimentId');
      const row = await database.prisma.experiment.findUnique({ where: { id } });
      const experiment = found(row, 'experiment', 'input.experimentId', input.experimentId);
      return previewPlan(database, experiment, input.plan ? planOf(input.plan) : undefined);
    },
  }),
);
