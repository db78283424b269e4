import { linearProbeSpec, parseInput, type LinearProbeSpec } from '@samplewise/domain';
import { queueProbe } from '../../training/queue-probe.ts';
import { builder, found, rowNumber } from '../builder.ts';
import { SplitEnum } from '../datasets/dataset.ts';
import { runPayload } from '../runs/payload.ts';
import { RunRef } from '../runs/run.ts';
import { withoutNulls } from '../shared/inputs.ts';

const CLASS_WEIGHTS = { UNIFORM: 'uniform', BALANCED: 'balanced' } as const;

const ClassWeightsEnum = builder.enumType('ClassWeights', {
  description: 'How much the samples of a class count in a training.',
  values: {
    UNIFORM: { value: CLASS_WEIGHTS.UNIFORM, description: 'Each sample counts alike.' },
    BALANCED: { value: CLASS_WEIGHTS.BALANCED, description: 'Each class counts alike, however many samples it has.' },
  },
});

const LinearProbe = builder.objectRef<LinearProbeSpec>('LinearProbe').implement({
  description: 'How a softmax head is trained on the features of a network that stays as it is. See docs/models.md.',
  fields: (t) => ({
    features: t.exposeString('features', { description: "The tensor of the model's graph that is taken as features." }),
    trainSplit: t.expose('trainSplit', { type: SplitEnum, description: 'Samples that are learned from.' }),
    validationSplit: t.field({
      type: SplitEnum,
      nullable: true,
      description: 'Samples by which the training is stopped and the head chosen.',
      resolve: ({ validation }) => (validation && 'split' in validation ? validation.split : null),
    }),
    validationShare: t.float({
      nullable: true,
      description:
        "The same, as a part of each class that is held out of the samples to learn from, by the run's seed.",
      resolve: ({ validation }) => (validation && 'share' in validation ? validation.share : null),
    }),
    l2: t.exposeFloat('l2', { description: 'Strength of the penalty on the weights.' }),
    classWeights: t.expose('classWeights', { type: ClassWeightsEnum, description: 'How much classes count.' }),
    standardise: t.exposeBoolean('standardise', { description: 'Features are brought to mean 0 and deviation 1.' }),
    maxIterations: t.exposeInt('maxIterations', { description: 'Iterations at most.' }),
    patience: t.exposeInt('patience', {
      description: 'Iterations without a lower loss on the validation samples, after which it ends.',
    }),
  }),
});

builder.prismaObject('Training', {
  description: 'What a run trains, instead of predicting. Its curve is among the metrics of the run.',
  fields: (t) => ({
    probe: t.field({
      type: LinearProbe,
      description: 'How.',
      select: { spec: true },
      resolve: ({ spec }) => parseInput(linearProbeSpec, spec, 'training'),
    }),
    modelName: t.exposeString('modelName', { description: 'Under which the trained model is registered.' }),
    modelConfig: t.relation('modelConfig', {
      nullable: true,
      description: 'The trained model; none before the end.',
    }),
  }),
});

builder.prismaObjectFields('Run', (t) => ({
  training: t.relation('training', {
    nullable: true,
    description: 'What it trains; none where it predicts.',
  }),
}));

builder.prismaObjectFields('ModelConfig', (t) => ({
  trainedBy: t.field({
    type: RunRef,
    nullable: true,
    description: 'The run that has trained it here; none for models that come from elsewhere.',
    select: (_args, _context, nested) => ({
      trainings: {
        where: { run: { deletedAt: null } },
        orderBy: { runId: 'asc' },
        take: 1,
        select: { run: nested() },
      },
    }),
    resolve: ({ trainings }) => trainings[0]?.run ?? null,
  }),
}));

const TrainProbeInput = builder.inputType('TrainProbeInput', {
  description: 'A linear probe to be trained on the dataset version of an experiment, whatever split that is about.',
  fields: (t) => ({
    experimentId: t.id({ required: true, description: 'Where the run belongs. Such as Experiment_1.' }),
    modelConfigId: t.id({ required: true, description: 'The backbone, such as ModelConfig_1.' }),
    restorationConfigId: t.id({ description: 'What is done to the images before; nothing unless given.' }),
    features: t.string({
      description:
        "Tensor of the backbone's graph; what its last dense layer is given, or CLIP's embedding, unless given.",
    }),
    modelName: t.string({
      description: "Under which the trained model is registered; the backbone's with `-probe` unless given.",
    }),
    trainSplit: t.field({ type: SplitEnum, description: 'Samples to learn from; TRAIN unless given.' }),
    validationSplit: t.field({
      type: SplitEnum,
      description:
        'Samples to stop and choose by. Unless one is given, VALIDATION where the version has it, else a share of 0.2.',
    }),
    validationShare: t.float({
      description: 'The same, as a part of each class that is held out, up to 0.9; 0 for no validation at all.',
    }),
    l2: t.float({ description: 'Strength of the penalty on the weights; 0.001 unless given.' }),
    classWeights: t.field({ type: ClassWeightsEnum, description: 'UNIFORM unless given.' }),
    standardise: t.boolean({ description: 'Bring features to mean 0 and deviation 1 first; true unless given.' }),
    maxIterations: t.int({ description: '500 unless given.' }),
    patience: t.int({ description: '20 unless given.' }),
    seed: t.int({ description: 'Of what is held out; 0 unless given.' }),
    name: t.string({ description: 'Of the run; made of the model and the restoration unless given.' }),
    priority: t.int({ description: 'See setRunPriority; 0 unless given.' }),
  }),
});

builder.mutationField('trainProbe', (t) =>
  t.field({
    type: runPayload('TrainProbePayload', 'The run that was queued.'),
    description:
      'Queues a run that trains a softmax head on the features of a network that stays as it is, and registers both together as a model.',
    errors: {},
    args: { input: t.arg({ type: TrainProbeInput, required: true, description: 'What to train.' }) },
    resolve: async (_root, { input }, context) => {
      const { experimentId, modelConfigId, restorationConfigId, ...rest } = withoutNulls(input);
      const { name, modelName, seed = 0, priority = 0, ...probe } = rest;
      const id = rowNumber(experimentId!, 'Experiment', 'input.experimentId');
      const row = await context.database.prisma.experiment.findUnique({ where: { id } });
      return queueProbe(context, found(row, 'experiment', 'input.experimentId', experimentId!), {
        modelConfigId: rowNumber(modelConfigId!, 'ModelConfig', 'input.modelConfigId'),
        restorationConfigId:
          restorationConfigId === undefined
            ? null
            : rowNumber(restorationConfigId, 'RestorationConfig', 'input.restorationConfigId'),
        name,
        modelName,
        seed,
        priority,
        probe,
      });
    },
  }),
);
