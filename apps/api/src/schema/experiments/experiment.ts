import { createExperiment } from '../../experiments/create-experiment.ts';
import { runCounts } from '../../experiments/run-counts.ts';
import { queueRuns } from '../../runs/queue-runs.ts';
import { builder, found, rowNumber } from '../builder.ts';
import { SplitEnum } from '../datasets/dataset.ts';
import { RunStatusEnum } from '../runs/enums.ts';
import { withoutNulls } from '../shared/inputs.ts';

const RunCount = builder.objectRef<{ status: typeof RunStatusEnum.$inferType; count: number }>('RunCount').implement({
  description: 'How many runs have a status.',
  fields: (t) => ({
    status: t.expose('status', { type: RunStatusEnum, description: 'The status.' }),
    count: t.exposeInt('count', { description: 'Runs.' }),
  }),
});

builder.prismaNode('Experiment', {
  description: 'One question, and a set of runs: on a dataset version and split, or, as for trainings, on none.',
  id: { resolve: ({ id }) => String(id), description: 'Such as Experiment_1.' },
  findUnique: (id) => ({ id: BigInt(id) }),
  nullable: true,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique within the project.' }),
    description: t.exposeString('description', { description: 'The question.' }),
    split: t.expose('split', { type: SplitEnum, nullable: true, description: 'None: all samples of the version.' }),
    plan: t.expose('plan', {
      labels: 'free',
      type: 'JSON',
      nullable: true,
      description: 'Matrix of models, restorations and seeds, as row numbers.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    project: t.relation('project', { description: 'Where it belongs.' }),
    datasetVersion: t.relation('datasetVersion', { nullable: true, description: 'Which samples it is about, if any.' }),
    runCounts: t.field({
      type: [RunCount],
      description: 'Runs by status, without those that no run has.',
      complexity: 10,
      select: { id: true },
      resolve: ({ id }, _args, context) => runCounts(context, id),
    }),
  }),
});

const PlanSampleInput = builder.inputType('PlanSampleInput', {
  description: 'Some of the combinations, drawn at random, each at most once.',
  fields: (t) => ({
    count: t.int({ required: true, description: 'How many, up to 1,000; all where the matrix has fewer.' }),
    seed: t.int({ description: 'The same seed draws the same ones; 0 unless given.' }),
  }),
});

export const ExperimentPlanInput = builder.inputType('ExperimentPlanInput', {
  description: 'Every model with every restoration and every seed, or a random sample of these.',
  fields: (t) => ({
    modelConfigIds: t.idList({ required: true, description: 'Such as ModelConfig_1.' }),
    restorationConfigIds: t.idList({ required: true, description: 'Such as RestorationConfig_1.' }),
    seeds: t.intList({ description: '[0] unless given.' }),
    sample: t.field({ type: PlanSampleInput, description: 'Only some of these; all unless given.' }),
  }),
});

const CreateExperimentInput = builder.inputType('CreateExperimentInput', {
  description: 'An experiment to be made.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'Such as Project_1.' }),
    name: t.string({ required: true, description: 'Unique within the project.' }),
    description: t.string({ description: 'The question.' }),
    datasetVersionId: t.id({
      description: 'Such as DatasetVersion_1. None for runs that predict no samples, such as trainings.',
    }),
    split: t.field({ type: SplitEnum, description: 'All samples unless given.' }),
    plan: t.field({ type: ExperimentPlanInput, description: 'Runs that queueRuns makes.' }),
  }),
});

const CreateExperimentPayload = builder.objectRef<{ id: bigint }>('CreateExperimentPayload').implement({
  description: 'The experiment that was made.',
  fields: (t) => ({
    experiment: t.prismaField({
      type: 'Experiment',
      description: 'The experiment.',
      resolve: (query, { id }, _args, { database }) =>
        database.prisma.experiment.findUniqueOrThrow({ ...query, where: { id } }),
    }),
  }),
});

export const QueueRunsInput = builder.inputType('QueueRunsInput', {
  description: 'Runs to be queued.',
  fields: (t) => ({
    experimentId: t.id({ required: true, description: 'Such as Experiment_1.' }),
    plan: t.field({ type: ExperimentPlanInput, description: "The experiment's plan unless given." }),
    priority: t.int({ description: 'See setRunPriority; 0 unless given.' }),
  }),
});

const QueueRunsPayload = builder.objectRef<{ ids: bigint[] }>('QueueRunsPayload').implement({
  description: 'The runs that were queued.',
  fields: (t) => ({
    runs: t.prismaField({
      type: ['Run'],
      description: 'In the order of the plan.',
      resolve: (query, { ids }, _args, { database }) =>
        database.prisma.run.findMany({ ...query, where: { id: { in: ids } }, orderBy: { id: 'asc' } }),
    }),
  }),
});

export function planOf(input: typeof ExperimentPlanInput.$inferInput) {
  return {
    modelConfigIds: input.modelConfigIds.map((id, i) =>
      String(rowNumber(id, 'ModelConfig', `input.plan.modelConfigIds.${i}`)),
    ),
    restorationConfigIds: input.restorationConfigIds.map((id, i) =>
      String(rowNumber(id, 'RestorationConfig', `input.plan.restorationConfigIds.${i}`)),
    ),
    ...(input.seeds ? { seeds: input.seeds } : {}),
    ...(input.sample ? { sample: withoutNulls(input.sample) } : {}),
  };
}

builder.mutationFields((t) => ({
  createExperiment: t.field({
    type: CreateExperimentPayload,
    description: 'Makes an experiment. Its runs are queued by queueRuns.',
    errors: {},
    args: { input: t.arg({ type: CreateExperimentInput, required: true, description: 'What to make.' }) },
    resolve: async (_root, { input }, { database }) => {
      const projectId = rowNumber(input.projectId, 'Project', 'input.projectId');
      const versionId =
        input.datasetVersionId == null
          ? null
          : rowNumber(input.datasetVersionId, 'DatasetVersion', 'input.datasetVersionId');
      const plan = input.plan ? planOf(input.plan) : undefined;
      return createExperiment(database.prisma, projectId, versionId, { ...withoutNulls(input), plan });
    },
  }),
  queueRuns: t.field({
    type: QueueRunsPayload,
    description:
      'Queues a run for each combination of the plan. Executors take runs of a team by priority, then in this order.',
    errors: {},
    args: { input: t.arg({ type: QueueRunsInput, required: true, description: 'What to queue.' }) },
    resolve: async (_root, { input }, context) => {
      const id = rowNumber(input.experimentId, 'Experiment', 'input.experimentId');
      const row = await context.database.prisma.experiment.findUnique({ where: { id } });
      const experiment = found(row, 'experiment', 'input.experimentId', input.experimentId);
      const plan = input.plan ? planOf(input.plan) : undefined;
      return { ids: await queueRuns(context, experiment, plan, input.priority ?? 0) };
    },
  }),
}));
