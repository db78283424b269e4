import type { Problem } from '@samplewise/domain';
import { hiddenSplits } from '../../auth/labels/hidden-splits.ts';
import { cancelRun } from '../../runs/cancel-run.ts';
import { builder, rowNumber } from '../builder.ts';
import { ProblemRef } from '../shared/errors.ts';
import { runPayload } from './payload.ts';
import { PhaseEnum, RunSourceEnum, RunStatusEnum } from './enums.ts';

builder.prismaObject('PhaseCost', {
  description: 'What one phase of a run cost.',
  fields: (t) => ({
    phase: t.expose('phase', { type: PhaseEnum, description: 'The phase.' }),
    wallSeconds: t.exposeFloat('wallSeconds', { description: 'Time in which it was at work, summed over executors.' }),
    cpuSeconds: t.exposeFloat('cpuSeconds', { description: 'Processor time.' }),
    peakMemoryBytes: t.expose('peakMemoryBytes', {
      type: 'BigInt',
      nullable: true,
      description: 'Most memory of the process that did it.',
    }),
    device: t.exposeString('device', {
      description:
        'Where it was computed: an execution provider of onnxruntime, such as cpu or cuda; server: behind an endpoint.',
    }),
    samples: t.exposeInt('samples', { description: 'Samples that went through.' }),
    cached: t.exposeInt('cached', { description: 'Of these, how many were read from a cache.' }),
    energyJoules: t.exposeFloat('energyJoules', {
      nullable: true,
      description: 'Energy of the whole machine meanwhile; phases that overlap share it. None where it is not known.',
    }),
    energySource: t.exposeString('energySource', {
      nullable: true,
      description: '`rapl`: measured by the processor. `declared`: a given power over the time.',
    }),
    price: t.exposeFloat('price', {
      nullable: true,
      description: "The executor's price an hour over the time; phases that overlap share it.",
    }),
    currency: t.exposeString('currency', { nullable: true, description: 'Of the price, such as EUR.' }),
  }),
});

export const RunRef = builder.prismaNode('Run', {
  description: 'One execution: predictions of one model with one restoration for the samples of an experiment.',
  id: { resolve: ({ id }) => String(id), description: 'Such as Run_1.' },
  // What is in the bin is gone, but for Project.deletedRuns.
  findUnique: (id) => ({ id: BigInt(id), deletedAt: null }),
  nullable: true,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name for people.' }),
    status: t.expose('status', { type: RunStatusEnum, description: 'How far it is.' }),
    source: t.expose('source', { type: RunSourceEnum, description: 'Who makes the predictions.' }),
    seed: t.exposeInt('seed', { description: 'Of everything that is drawn at random.' }),
    experiment: t.relation('experiment', { description: 'The question that it belongs to.' }),
    modelConfig: t.relation('modelConfig', { nullable: true, description: 'The model.' }),
    restorationConfig: t.relation('restorationConfig', {
      nullable: true,
      description: 'What was done to the images before.',
    }),
    sampleTotal: t.exposeInt('sampleTotal', { description: 'Samples to be predicted.' }),
    sampleDone: t.exposeInt('sampleDone', { description: 'Samples whose predictions are stored.' }),
    failure: t.field({
      type: ProblemRef,
      nullable: true,
      description: 'Why it failed.',
      select: { failure: true },
      resolve: ({ failure }) => failure as unknown as Problem | null,
    }),
    environment: t.expose('environment', {
      labels: 'free',
      type: 'JSON',
      nullable: true,
      description: 'Packages, hardware and threads of the executor.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was queued.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When its first shard began.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended, however.' }),
    samplesPerSecond: t.float({
      labels: 'free',
      nullable: true,
      description: 'Samples over the wall seconds of the phase INFERENCE.',
      // All phases, as the field below reads them: both then come with the run.
      select: { phaseCosts: { orderBy: { phase: 'asc' } } },
      resolve: ({ phaseCosts }) => {
        const inference = phaseCosts.find(({ phase }) => phase === 'INFERENCE');
        return inference === undefined || inference.wallSeconds === 0
          ? null
          : inference.samples / inference.wallSeconds;
      },
    }),
    phaseCosts: t.relation('phaseCosts', {
      description: 'What it cost, by phase.',
      query: { orderBy: { phase: 'asc' } },
    }),
    labelsHidden: t.boolean({
      description: 'Whether labels of its samples are hidden from the caller, and so its evaluation.',
      complexity: 5,
      select: { id: true },
      resolve: async ({ id }, _args, context) => (await hiddenSplits(context, 'Run', id)).length > 0,
    }),
    evaluation: t.relation('evaluation', {
      nullable: true,
      description: 'Its metrics, once it has finished; none where labels of its samples are hidden.',
      labels: 'sealed',
    }),
  }),
});

const CancelRunInput = builder.inputType('CancelRunInput', {
  description: 'A run to be canceled.',
  fields: (t) => ({ runId: t.id({ required: true, description: 'Such as Run_1.' }) }),
});

builder.mutationFields((t) => ({
  cancelRun: t.field({
    type: runPayload('CancelRunPayload', 'The run that was canceled.'),
    description: 'Ends a queued or running run. Predictions that are stored stay.',
    errors: {},
    args: { input: t.arg({ type: CancelRunInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, context) => {
      const id = rowNumber(input.runId, 'Run', 'input.runId');
      await cancelRun(context, id);
      return { id };
    },
  }),
}));
