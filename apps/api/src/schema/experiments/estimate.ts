import { PLAN_LIMIT } from '@samplewise/domain';
import { type Basis, type PhaseEstimate } from '../../estimates/estimate-run.ts';
import { estimatePlan, type EstimatedRun, type PlanEstimate } from '../../estimates/estimate-plan.ts';
import type { QueueAhead } from '../../estimates/read-queue.ts';
import { builder, found, rowNumber } from '../builder.ts';
import { SplitEnum } from '../datasets/dataset.ts';
import { PhaseEnum } from '../runs/enums.ts';
import { ProblemRef } from '../shared/errors.ts';
import { ExperimentPlanInput, planOf } from './experiment.ts';

const BasisEnum = builder.enumType('EstimateBasis', {
  description: 'Which earlier runs an estimate rests on.',
  values: {
    SAME: { description: 'With the same model and restoration.' },
    SAME_MODEL: { description: 'With the same model, and another restoration.' },
    SAME_RESTORATION: { description: 'With the same restoration, and another model.' },
  } satisfies Record<Basis, object>,
});

const PhaseEstimateRef = builder.objectRef<PhaseEstimate>('PhaseEstimate').implement({
  description: 'What a phase of a run will cost: the median of what earlier runs took for a sample, times the samples.',
  fields: (t) => ({
    phase: t.expose('phase', { type: PhaseEnum, description: 'The phase.' }),
    seconds: t.exposeFloat('seconds', { description: 'That it is at work, on one executor.' }),
    low: t.exposeFloat('low', { description: 'By the fastest of the earlier runs.' }),
    high: t.exposeFloat('high', { description: 'By the slowest.' }),
    runs: t.exposeInt('runs', { description: 'So many earlier runs.' }),
    basis: t.expose('basis', { type: BasisEnum, description: 'Which ones.' }),
    otherHardware: t.exposeBoolean('otherHardware', {
      description: 'None of them was on a processor that an executor has at present.',
    }),
    atMost: t.exposeBoolean('atMost', {
      description: 'Pictures that are restored already are counted as if they were not, for want of figures.',
    }),
  }),
});

const PRICE = 'none where it is not known of all phases';

const RunEstimateRef = builder.objectRef<EstimatedRun>('RunEstimate').implement({
  description: 'A run that a plan would make, and what it would cost.',
  fields: (t) => ({
    modelConfigId: t.id({
      description: 'Such as ModelConfig_1.',
      resolve: ({ modelConfigId }) => `ModelConfig_${modelConfigId}`,
    }),
    restorationConfigId: t.id({
      description: 'Such as RestorationConfig_1.',
      resolve: ({ restorationConfigId }) => `RestorationConfig_${restorationConfigId}`,
    }),
    model: t.string({ description: "The model config's name.", resolve: ({ model }) => model.name }),
    modelVersion: t.int({ description: 'Its version.', resolve: ({ model }) => model.version }),
    restoration: t.string({ description: "The restoration's name.", resolve: ({ restoration }) => restoration.name }),
    restorationVersion: t.int({ description: 'Its version.', resolve: ({ restoration }) => restoration.version }),
    seed: t.exposeInt('seed', { description: 'Of everything that is drawn at random.' }),
    cached: t.exposeInt('cached', {
      description: 'Samples whose restored pictures are there already; of large versions by a thousand of them.',
    }),
    seconds: t.exposeFloat('seconds', {
      nullable: true,
      description:
        'From its first sample to its end, on one executor: preparation and model work at the same time, of which the slower counts, then the evaluation. None where no earlier run tells.',
    }),
    phases: t.field({
      type: [PhaseEstimateRef],
      description: 'Those that earlier runs tell of.',
      resolve: ({ phases }) => phases,
    }),
    energyJoules: t.exposeFloat('energyJoules', { nullable: true, description: `Energy; ${PRICE}.` }),
    price: t.exposeFloat('price', { nullable: true, description: `Price; ${PRICE}.` }),
    currency: t.exposeString('currency', { nullable: true, description: 'Of the price, such as EUR.' }),
    problem: t.field({
      type: ProblemRef,
      nullable: true,
      description: 'Why it can not be queued; none where it can.',
      resolve: (run) => run.problem,
    }),
  }),
});

const QueueAheadRef = builder.objectRef<QueueAhead>('QueueAhead').implement({
  description: 'What executors have to do before what is queued now: all open runs of all teams that are not paused.',
  fields: (t) => ({
    runs: t.exposeInt('runs', { description: 'Runs.' }),
    samples: t.exposeFloat('samples', { description: 'Samples that are to be predicted yet.' }),
    seconds: t.exposeFloat('seconds', {
      nullable: true,
      description: 'On one executor; none where the cost of some is not known.',
    }),
    executors: t.exposeInt('executors', { description: 'That are there.' }),
  }),
});

const PlanEstimateRef = builder.objectRef<PlanEstimate>('PlanEstimate').implement({
  description: 'What the runs of a plan would cost, and when they would be done.',
  fields: (t) => ({
    matrix: t.exposeInt('matrix', { description: 'Combinations of the whole matrix, of which a sample takes some.' }),
    samples: t.exposeInt('samples', { description: 'Of each run.' }),
    runs: t.field({
      type: [RunEstimateRef],
      complexity: { multiplier: PLAN_LIMIT },
      description: `In the order in which they would be queued, at most ${PLAN_LIMIT}.`,
      resolve: ({ runs }) => runs,
    }),
    seconds: t.exposeFloat('seconds', { description: 'Of all runs whose cost is known, on one executor.' }),
    unknown: t.exposeInt('unknown', { description: 'Runs whose cost is not known.' }),
    queue: t.field({ type: QueueAheadRef, description: 'What comes before.', resolve: ({ queue }) => queue }),
    readySeconds: t.exposeFloat('readySeconds', {
      nullable: true,
      description:
        'Until all is done, if nothing else is queued: queue and plan, divided by the executors. None where something of it is not known, or there is no executor.',
    }),
  }),
});

const EstimatePlanInput = builder.inputType('EstimatePlanInput', {
  description: 'A plan, and the samples that it is about.',
  fields: (t) => ({
    datasetVersionId: t.id({ required: true, description: 'Such as DatasetVersion_1.' }),
    split: t.field({ type: SplitEnum, description: 'All samples unless given.' }),
    plan: t.field({ type: ExperimentPlanInput, required: true, description: 'Models, restorations, seeds.' }),
  }),
});

builder.queryField('estimatePlan', (t) =>
  t.field({
    type: PlanEstimateRef,
    description:
      'What the runs of a plan would cost by what earlier runs have cost, and when they would be done. Changes nothing, and needs no experiment.',
    complexity: 200,
    args: { input: t.arg({ type: EstimatePlanInput, required: true, description: 'What to estimate.' }) },
    resolve: async (_root, { input }, { database }) => {
      const id = rowNumber(input.datasetVersionId, 'DatasetVersion', 'input.datasetVersionId');
      const row = await database.prisma.datasetVersion.findUnique({ where: { id }, include: { dataset: true } });
      const version = found(row, 'dataset version', 'input.datasetVersionId', input.datasetVersionId);
      return estimatePlan(database, version, input.split ?? null, planOf(input.plan));
    },
  }),
);
