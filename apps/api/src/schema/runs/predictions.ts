import { resolveCursorConnection } from '@pothos/plugin-relay';
import { GraphQLError } from 'graphql';
import {
  countPredictions,
  readPredictions,
  type ModelAnswer,
  type Outcome,
  type PredictionFilter,
  type PredictionOfSample,
  type PredictionOrder,
  type PredictionPlace,
  type RunOfPredictions,
} from '../../runs/read-predictions.ts';
import type { Context } from '../../context.ts';
import { builder, PAGE_LIMIT, rowNumber } from '../builder.ts';
import { isHidden, SampleRef } from '../datasets/dataset.ts';
import { BlobRef } from '../shared/blob.ts';
import { PredictionStatusEnum } from './enums.ts';
import './run.ts';
import { DirectionEnum } from './search-inputs.ts';

const OutcomeEnum = builder.enumType('Outcome', {
  description: 'What became of a sample from one run to another. A sample without a prediction is wrong.',
  values: {
    BOTH_RIGHT: { description: 'Right in both.' },
    FIXED: { description: 'Wrong before, right here.' },
    BROKEN: { description: 'Right before, wrong here.' },
    BOTH_WRONG: { description: 'Wrong in both.' },
  } as const satisfies Record<Outcome, object>,
});

export const ClassScore = builder.objectRef<{ label: string; score: number }>('ClassScore').implement({
  description: 'The score of one class.',
  fields: (t) => ({
    label: t.exposeString('label', { description: 'The class.', labels: 'free' }),
    score: t.exposeFloat('score', { description: 'A probability where the model gives one.' }),
  }),
});

interface Answer {
  predicted: string;
  confidence: number | null;
}

const PredictionBeforeRef = builder.objectRef<Answer>('PredictionBefore').implement({
  description: 'What the run says of a sample that another one is compared to.',
  fields: (t) => ({
    predicted: t.exposeString('predicted', { description: 'The predicted class.' }),
    confidence: t.exposeFloat('confidence', { nullable: true, description: 'Score of the predicted class.' }),
  }),
});

export const ModelAnswerRef = builder.objectRef<ModelAnswer>('ModelAnswer').implement({
  description: 'What a language model wrote about a sample.',
  fields: (t) => ({
    text: t.exposeString('text', { nullable: true, description: 'As it came, at most 10,000 characters.' }),
    promptTokens: t.exposeInt('promptTokens', { nullable: true, description: 'Tokens read, where it is told.' }),
    completionTokens: t.exposeInt('completionTokens', { nullable: true, description: 'Tokens written.' }),
    requests: t.exposeInt('requests', { description: 'Requests that it took; 1 unless some failed.' }),
  }),
});

export const PredictionRef = builder.objectRef<PredictionOfSample>('Prediction').implement({
  description: 'What a run says of one sample.',
  fields: (t) => ({
    sample: t.field({ type: SampleRef, description: 'The sample.', resolve: ({ sample }) => sample }),
    status: t.expose('status', { type: PredictionStatusEnum, description: 'How it ended.' }),
    predicted: t.string({
      nullable: true,
      description: 'The predicted class; none where there is no prediction.',
      resolve: ({ predicted, labels }) => (predicted === null ? null : labels[predicted]),
    }),
    confidence: t.exposeFloat('confidence', { nullable: true, description: 'Score of the predicted class.' }),
    correct: t.boolean({
      nullable: true,
      description: 'Whether the predicted class is the true one; none where that is hidden.',
      labels: 'narrowed',
      resolve: async ({ predicted, sample }, _args, context) =>
        (await isHidden(context, sample.versionId, sample.split)) ? null : predicted === sample.label,
    }),
    scores: t.field({
      type: [ClassScore],
      description: 'In the order of the labels; empty where there is no prediction.',
      resolve: ({ scores, labels }) => (scores ? labels.map((label, i) => ({ label, score: scores[i]! })) : []),
    }),
    loss: t.float({
      nullable: true,
      description:
        "Negative natural logarithm of the true class's score; none without scores, where that is 0, or where the class is hidden.",
      labels: 'narrowed',
      resolve: async ({ scores, sample }, _args, context) => {
        if (await isHidden(context, sample.versionId, sample.split)) return null;
        const score = scores?.[sample.label];
        return score !== undefined && score > 0 ? -Math.log(score) : null;
      },
    }),
    latencyMicros: t.exposeInt('latencyMicros', {
      nullable: true,
      description: "Microseconds of the sample's batch, over the batch's size.",
    }),
    before: t.field({
      type: PredictionBeforeRef,
      nullable: true,
      description: 'What the run `comparedTo` says; none where it says nothing, or there is no such run.',
      resolve: ({ before, labels }) => before && { ...before, predicted: labels[before.predicted]! },
    }),
    rawText: t.string({
      nullable: true,
      description: 'What a language model wrote; none for models of other kinds.',
      resolve: ({ answer }) => answer?.text,
    }),
    answer: t.field({
      type: ModelAnswerRef,
      nullable: true,
      description: 'What a language model wrote, and took for it.',
      resolve: ({ answer }) => answer,
    }),
    restoredImage: t.field({
      type: BlobRef,
      nullable: true,
      description: "The image after the run's restoration; none where the run does not restore.",
      resolve: ({ restored }) => (restored === null ? null : { digest: restored }),
    }),
  }),
});

export const ConfidenceRangeInput = builder.inputType('ConfidenceRangeInput', {
  description: 'Scores of the predicted class, both ends inclusive.',
  fields: (t) => ({
    min: t.float({ description: 'From here on.' }),
    max: t.float({ description: 'Up to here.' }),
  }),
});

const PredictionOrderEnum = builder.enumType('PredictionOrderField', {
  description: 'What predictions are sorted by. What is not known comes last.',
  values: {
    SAMPLE: { description: 'The order of the samples.' },
    CONFIDENCE: { description: 'Score of the predicted class.' },
    LOSS: { description: 'How little the model believed in the true class.' },
  } satisfies Record<PredictionOrder['by'], object>,
});

const PredictionOrderInput = builder.inputType('PredictionOrder', {
  description: 'An order of predictions; equal ones are in the order of their samples.',
  fields: (t) => ({
    field: t.field({ type: PredictionOrderEnum, required: true, description: 'What to sort by.' }),
    direction: t.field({ type: DirectionEnum, description: 'ASC unless given.' }),
  }),
});

const PredictionConnection = builder.connectionObject(
  {
    type: PredictionRef,
    name: 'PredictionConnection',
    description: 'A page of predictions in the order of their samples.',
    fields: (t) => ({
      totalCount: t.int({
        description: 'All predictions that fit the filter.',
        complexity: 10,
        resolve: (page, _args, { database }) => {
          const { run, filter } = page as unknown as { run: RunOfPredictions; filter: PredictionFilter };
          return countPredictions(database, run, filter);
        },
      }),
    }),
  },
  { name: 'PredictionEdge', description: 'A prediction and its cursor.' },
);

builder.prismaObjectField('Run', 'predictions', (t) =>
  t.connection(
    {
      type: PredictionRef,
      description: 'In the order of the samples unless another is given.',
      labels: {
        asksBy: ({ truth, correct, outcome, orderBy }, hidden) =>
          hidden.length > 0 && (truth != null || correct != null || outcome != null || orderBy?.field === 'LOSS'),
      },
      args: {
        truth: t.arg.string({ description: 'Only samples of this true class.' }),
        predicted: t.arg.string({ description: 'Only samples predicted as this class.' }),
        correct: t.arg.boolean({ description: 'Only right or only wrong ones.' }),
        none: t.arg.boolean({ description: 'true: only samples without a predicted class.' }),
        confidence: t.arg({ type: ConfidenceRangeInput, description: 'Only where the model was so sure.' }),
        orderBy: t.arg({ type: PredictionOrderInput, description: 'Another order.' }),
        comparedTo: t.arg.id({ description: 'A run on the same samples; with `outcome`.' }),
        outcome: t.arg({
          type: OutcomeEnum,
          description: 'Only samples of which this became, from the run `comparedTo` to this one.',
        }),
      },
      select: {
        id: true,
        restorationConfig: { select: { steps: true } },
        experiment: { select: { datasetVersionId: true, datasetVersion: { select: { labels: true } } } },
      },
      resolve: async ({ id, restorationConfig, experiment }, args, { database }) => {
        // A run without samples has no predictions: no dataset version has the number 0.
        const labels = experiment.datasetVersion?.labels ?? [];
        const run = {
          id,
          datasetVersionId: experiment.datasetVersionId ?? 0n,
          labels,
          steps: restorationConfig?.steps ?? [],
        };
        const filter: PredictionFilter = {
          truth: labelIndex(labels, args.truth, 'truth'),
          predicted: labelIndex(labels, args.predicted, 'predicted'),
          correct: args.correct ?? undefined,
          none: args.none ?? undefined,
          confidence: { min: args.confidence?.min ?? undefined, max: args.confidence?.max ?? undefined },
          outcome: await outcomeOf(database, run.datasetVersionId, args.comparedTo, args.outcome),
        };
        const order: PredictionOrder = {
          by: args.orderBy?.field ?? 'SAMPLE',
          descending: args.orderBy?.direction === 'DESC',
        };
        const page = await resolveCursorConnection<Promise<PredictionOfSample[]>>(
          { args, maxSize: PAGE_LIMIT, defaultSize: 50, toCursor: ({ place }) => cursorOf(place, order) },
          ({ before, after, limit, inverted }) =>
            readPredictions(database, run, filter, order, {
              before: placeOf(before, order, 'before'),
              after: placeOf(after, order, 'after'),
              limit,
              inverted,
            }),
        );
        return { ...page, run, filter };
      },
    },
    PredictionConnection,
  ),
);

async function outcomeOf(
  { prisma }: Context['database'],
  versionId: bigint,
  comparedTo: string | null | undefined,
  outcome: Outcome | null | undefined,
): Promise<PredictionFilter['outcome']> {
  if (comparedTo == null && outcome == null) return undefined;
  if (comparedTo == null || outcome == null) throw badArgument('comparedTo and outcome need each other');
  const id = rowNumber(comparedTo, 'Run', 'comparedTo');
  const other = await prisma.run.findFirst({
    where: { id, deletedAt: null, experiment: { datasetVersionId: versionId } },
    select: { id: true },
  });
  if (!other) throw badArgument(`comparedTo: there is no run '${comparedTo}' on the samples of this dataset version`);
  return { comparedTo: id, outcome };
}

function labelIndex(labels: string[], label: string | null | undefined, argument: string): number | undefined {
  if (label == null) return undefined;
  const index = labels.indexOf(label);
  if (index >= 0) return index;
  throw badArgument(`${argument}: there is no class '${label}'; the classes are ${labels.join(', ')}`);
}

/** In the order of the samples, the sample; else with what it is sorted by. */
const cursorOf = ({ key, index }: PredictionPlace, { by }: PredictionOrder): string =>
  by === 'SAMPLE' ? String(index) : `${key}:${index}`;

function placeOf(cursor: string | undefined, { by }: PredictionOrder, argument: string): PredictionPlace | undefined {
  if (cursor === undefined) return undefined;
  const pattern =
    by === 'SAMPLE' ? /^(?<index>\d{1,10})$/ : /^(?<key>-?(?:Infinity|[\d.e+-]{1,30})):(?<index>\d{1,10})$/;
  const { key = '0', index } = pattern.exec(cursor)?.groups ?? {};
  if (index !== undefined && !Number.isNaN(Number(key))) return { key: Number(key), index: Number(index) };
  throw badArgument(`${argument}: '${cursor}' is not a cursor of this list`);
}

const badArgument = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
