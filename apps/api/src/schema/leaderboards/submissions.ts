import type { SubmissionStatus } from '@samplewise/database';
import type { Problem } from '@samplewise/domain';
import type { Estimate, Evaluation } from '@samplewise/evaluation';
import { locate } from '../../auth/resources.ts';
import { decide, entrantKey, labelsSeenIn, outsideBin } from '../../auth/policy.ts';
import { follow } from '../../runs/follow.ts';
import { submitColumns } from '../../submissions/receive.ts';
import { seesBoardLabels, tellsPrivatePart } from '../../submissions/read-competition.ts';
import { builder, rowNumber } from '../builder.ts';
import { PredictionStatusEnum } from '../runs/enums.ts';
import { EstimateRef } from '../runs/evaluation.ts';
import { ProblemRef } from '../shared/errors.ts';
import { BoardPartEnum } from './enums.ts';
import './leaderboard.ts';

const SubmissionStatusEnum = builder.enumType('SubmissionStatus', {
  description: 'How far a submission is.',
  values: {
    RECEIVED: { description: 'It is stored, and waits to be scored.' },
    SCORED: { description: 'It has its score, and stands on the leaderboard.' },
    FAILED: { description: 'It could not be scored, and counts for nothing.' },
  } satisfies Record<SubmissionStatus, object>,
});

builder.prismaNode('Submission', {
  description:
    'Predictions that somebody has sent to a competition. Seen by who sent it, and by who sees the hidden labels.',
  id: { resolve: ({ id }) => String(id), description: 'Such as Submission_1.' },
  findUnique: (id) => ({ id: BigInt(id) }),
  nullable: true,
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'Counts those of the entrant from 1.' }),
    name: t.exposeString('name', { description: 'For people, such as the model.' }),
    note: t.exposeString('note', { description: 'Markdown.' }),
    key: t.exposeString('clientKey', { description: "The client's own name for it." }),
    entrant: t.string({
      description: 'Who has sent it.',
      select: { entrant: { select: { name: true } } },
      resolve: ({ entrant }) => entrant.name,
    }),
    leaderboard: t.relation('leaderboard', { description: 'To which it was sent.' }),
    status: t.expose('status', { type: SubmissionStatusEnum, description: 'How far it is.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was received.' }),
    scoredAt: t.expose('scoredAt', { type: 'DateTime', nullable: true, description: 'When it was scored.' }),
    predictionsDigest: t.exposeString('predictionsDigest', {
      description: 'The receipt: SHA-256 of the predictions as they were received.',
    }),
    knewLabels: t.exposeBoolean('knewLabels', { description: 'Whether its sender saw the hidden labels.' }),
    failure: t.field({
      type: ProblemRef,
      nullable: true,
      description: 'Why it could not be scored.',
      select: { failure: true },
      resolve: ({ failure }) => failure as unknown as Problem | null,
    }),
    publicScore: t.field({
      type: EstimateRef,
      nullable: true,
      description: "The leaderboard's metric on the public part, once it is scored.",
      labels: 'narrowed',
      select: { publicResult: true, leaderboard: { select: { metric: true } } },
      resolve: ({ publicResult, leaderboard }) => scoreOf(publicResult, leaderboard.metric),
    }),
    privateScore: t.field({
      type: EstimateRef,
      nullable: true,
      description: 'The same on the private part, once that is revealed; before, for those who see the hidden labels.',
      labels: 'narrowed',
      select: { leaderboardId: true, privateResult: true, leaderboard: { select: { metric: true } } },
      resolve: async ({ leaderboardId, privateResult, leaderboard }, _args, context) =>
        (await tellsPrivatePart(context, leaderboardId)) ? scoreOf(privateResult, leaderboard.metric) : null,
    }),
    evaluation: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Everything that was computed on a part of the samples, for those who see the hidden labels.',
      labels: 'narrowed',
      complexity: 100,
      args: { part: t.arg({ type: BoardPartEnum, required: true, description: 'On which.' }) },
      select: { leaderboardId: true, publicResult: true, privateResult: true },
      resolve: async ({ leaderboardId, publicResult, privateResult }, { part }, context) => {
        if (!(await seesBoardLabels(context, leaderboardId))) return null;
        return part === 'PUBLIC' ? publicResult : privateResult;
      },
    }),
  }),
});

/** A metric of an evaluation as it is stored. */
function scoreOf(result: unknown, metric: string): Estimate | null {
  if (result === null) return null;
  const { metrics, scores } = result as Evaluation;
  const named: Readonly<Record<string, unknown>> = { ...scores, ...metrics };
  return (named[metric] ?? null) as Estimate | null;
}

builder.prismaObjectField('Leaderboard', 'submissions', (t) =>
  t.relatedConnection('submissions', {
    cursor: 'id',
    totalCount: true,
    description: 'Newest first: the own ones, and for those who see the hidden labels all of them.',
    query: (_args, { actor }) => ({
      where: {
        OR: [
          { leaderboard: { project: labelsSeenIn(actor) } },
          // Nobody's key is empty.
          { entrant: { key: entrantKey(actor) ?? '' } },
        ],
      },
      orderBy: { id: 'desc' },
    }),
  }),
);

builder.prismaObjectField('LeaderboardEntry', 'submission', (t) =>
  t.prismaField({
    type: 'Submission',
    nullable: true,
    description: 'Of a competition, for who sent it and for who sees the hidden labels.',
    select: { submissionId: true },
    resolve: async (query, { submissionId }, _args, context) => {
      if (submissionId === null) return null;
      const resource = await locate(context, { typename: 'Submission', id: String(submissionId) });
      if (decide(context.actor, 'read', outsideBin(resource)) !== 'allowed') return null;
      return context.database.prisma.submission.findUnique({ ...query, where: { id: submissionId } });
    },
  }),
);

const SubmitPredictionsInput = builder.inputType('SubmitPredictionsInput', {
  description: 'Predictions of all samples, in columns: element i of each belongs to sample `sampleIndex[i]`.',
  fields: (t) => ({
    leaderboardId: t.id({ required: true, description: 'Such as Leaderboard_1.' }),
    name: t.string({ required: true, description: 'For people, such as the model.' }),
    note: t.string({ description: 'Markdown.' }),
    key: t.string({
      required: true,
      description: 'Your own name for it, such as a UUID: the same key with the same predictions gives what is there.',
    }),
    sampleIndex: t.field({
      type: 'IntColumn',
      required: true,
      description: 'Positions in the dataset version: each sample of the split once, in their order.',
    }),
    predicted: t.field({
      type: 'IntColumn',
      description: 'Positions in the labels, -1 for none, which is wrong; the class of the highest score unless given.',
    }),
    scores: t.field({ type: 'Float32Column', description: 'Probabilities, row by row: samples x labels.' }),
    labels: t.stringList({ description: "The classes in your order; the dataset version's order unless given." }),
    statuses: t.field({ type: [PredictionStatusEnum], description: 'ABSTAINED where there is none, unless given.' }),
  }),
});

const SubmitPredictionsPayload = builder
  .objectRef<{ id: bigint; repeated: boolean }>('SubmitPredictionsPayload')
  .implement({
    description: 'The submission that was received.',
    fields: (t) => ({
      submission: t.prismaField({
        type: 'Submission',
        description: 'The submission; follow it by submissionChanged until it is scored.',
        resolve: (query, { id }, _args, { database }) =>
          database.prisma.submission.findUniqueOrThrow({ ...query, where: { id } }),
      }),
      repeated: t.exposeBoolean('repeated', { description: 'Whether it was there already.' }),
    }),
  });

builder.mutationField('submitPredictions', (t) =>
  t.field({
    type: SubmitPredictionsPayload,
    description:
      'Enters a competition: predictions of all its samples, under its rule. For files see POST /leaderboards/<id>/submissions.',
    access: 'submit',
    errors: {},
    args: { input: t.arg({ type: SubmitPredictionsInput, required: true, description: 'What to send.' }) },
    resolve: (_root, { input }, context) => {
      const { leaderboardId, name, note, key, sampleIndex, predicted, scores, labels, statuses } = input;
      const id = rowNumber(leaderboardId, 'Leaderboard', 'input.leaderboardId');
      return submitColumns(
        context,
        context.actor,
        id,
        { name, key, ...(note != null && { note }) },
        {
          sampleIndex,
          predicted: predicted ?? undefined,
          scores: scores ?? undefined,
          labels: labels ?? undefined,
          statuses: statuses ?? undefined,
        },
      );
    },
  }),
);

builder.subscriptionField('submissionChanged', (t) =>
  t.prismaField({
    type: 'Submission',
    description: 'The submission as it stands, then when it is scored; ends with that.',
    args: { submissionId: t.arg.id({ required: true, description: 'Such as Submission_1.' }) },
    subscribe: (_root, { submissionId }, { listener, database }) => {
      const id = rowNumber(submissionId, 'Submission', 'submissionId');
      return follow(
        listener,
        (m) => m.kind === 'submission' && m.submissionId === String(id),
        async () => {
          const row = await database.prisma.submission.findUnique({ where: { id }, select: { status: true } });
          return { values: row ? [id] : [], done: row?.status !== 'RECEIVED' };
        },
      );
    },
    resolve: (query, id, _args, { database }) =>
      database.prisma.submission.findUniqueOrThrow({ ...query, where: { id } }),
  }),
);
