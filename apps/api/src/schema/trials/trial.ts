import { TRIAL_HOURS, trialResult, type Problem, type TrialPrediction, type TrialResult } from '@samplewise/domain';
import type { TrialStatus } from '@samplewise/database';
import { follow } from '../../runs/follow.ts';
import { restoredSteps } from '../../runs/restored-image.ts';
import { labelsOfModel, trialsAhead } from '../../trials/read-trial.ts';
import { requestTrial } from '../../trials/request-trial.ts';
import { builder, rowNumber } from '../builder.ts';
import { ClassScore, ModelAnswerRef } from '../runs/predictions.ts';
import { RestoredImage } from '../runs/restoration.ts';
import { BlobRef } from '../shared/blob.ts';
import { ProblemRef } from '../shared/errors.ts';
import { withoutNulls } from '../shared/inputs.ts';

const ENDED: readonly TrialStatus[] = ['FINISHED', 'FAILED'];

const TrialStatusEnum = builder.enumType('TrialStatus', {
  description: 'How far a trial is.',
  values: {
    QUEUED: { description: 'It waits for an executor.' },
    RUNNING: { description: 'An executor is at work on it.' },
    FINISHED: { description: 'There is a result.' },
    FAILED: { description: 'There is none, and a reason.' },
  } satisfies Record<TrialStatus, object>,
});

interface Said extends TrialPrediction {
  labels: readonly string[];
}

const TrialPredictionRef = builder.objectRef<Said>('TrialPrediction').implement({
  description: 'What a model says of one picture.',
  fields: (t) => ({
    predicted: t.exposeString('predicted', {
      nullable: true,
      description: "The class; none where a language model's words name none, or several.",
    }),
    confidence: t.exposeFloat('confidence', {
      nullable: true,
      description: 'Probability of the class; none where the model does not tell.',
    }),
    scores: t.field({
      type: [ClassScore],
      description: "In the order of the model's labels; empty where it answers in words.",
      resolve: ({ labels, scores }) => scores?.map((score, i) => ({ label: labels[i]!, score })) ?? [],
    }),
    answer: t.expose('answer', {
      type: ModelAnswerRef,
      nullable: true,
      description: 'What a language model wrote; none for other models.',
    }),
    latencyMicros: t.exposeInt('latencyMicros', { description: 'Microseconds of the inference.' }),
  }),
});

const TrialResultRef = builder.objectRef<TrialResult & { labels: readonly string[] }>('TrialResult').implement({
  description: 'What came of a trial.',
  fields: (t) => ({
    width: t.exposeInt('width', { description: 'Pixels of the picture, upright, as it was given.' }),
    height: t.exposeInt('height', { description: 'Pixels.' }),
    prediction: t.field({
      type: TrialPredictionRef,
      nullable: true,
      description: 'None where only a restoration was tried.',
      resolve: ({ prediction, labels }) => prediction && { ...prediction, labels },
    }),
    cachedSteps: t.exposeInt('cachedSteps', { description: 'Restoration steps whose pictures were there already.' }),
    loadSeconds: t.exposeFloat('loadSeconds', { description: 'To load the model; about 0 where it was loaded.' }),
    preprocessingSeconds: t.exposeFloat('preprocessingSeconds', { description: 'To decode, restore and resize.' }),
    inferenceSeconds: t.exposeFloat('inferenceSeconds', {
      description: 'Of the model. Runs that were at work at the same time have slowed it.',
    }),
    executor: t.exposeString('executor', { description: 'Name of the executor.' }),
  }),
});

builder.prismaNode('Trial', {
  description: `A model, a restoration or both, tried on one uploaded picture. Gone after ${TRIAL_HOURS} h. Only who works in the project sees it.`,
  id: { resolve: ({ id }) => String(id), description: 'Such as Trial_1.' },
  findUnique: (id) => ({ id: BigInt(id) }),
  nullable: true,
  fields: (t) => ({
    status: t.expose('status', { type: TrialStatusEnum, description: 'How far it is.' }),
    fileName: t.exposeString('fileName', { description: 'Of the picture, as it was called where it came from.' }),
    image: t.field({
      type: BlobRef,
      description: 'The picture.',
      select: { imageDigest: true },
      resolve: ({ imageDigest: digest }) => ({ digest }),
    }),
    modelConfig: t.relation('modelConfig', { nullable: true, description: 'What was tried, if it is registered.' }),
    restorationConfig: t.relation('restorationConfig', {
      nullable: true,
      description: 'What was tried, if it is registered.',
    }),
    project: t.relation('project', { description: 'Where it belongs.' }),
    ahead: t.field({
      type: 'Int',
      description: 'Trials that come before it; 0 when it does not wait.',
      complexity: 5,
      select: { id: true, status: true },
      resolve: ({ id, status }, _args, context) => (status === 'QUEUED' ? trialsAhead(context, id) : 0),
    }),
    result: t.field({
      type: TrialResultRef,
      nullable: true,
      description: 'What came of it.',
      select: { result: true, model: true },
      resolve: ({ result, model }) =>
        result === null ? null : { ...trialResult.parse(result), labels: labelsOfModel(model) },
    }),
    restoration: t.field({
      type: [RestoredImage],
      description: 'What the restoration made of the picture, step by step, as far as it has been made.',
      complexity: 5,
      select: { imageDigest: true, steps: true },
      resolve: ({ imageDigest, steps }, _args, { database }) => restoredSteps(database.prisma, imageDigest, steps),
    }),
    failure: t.field({
      type: ProblemRef,
      nullable: true,
      description: 'Why it has failed.',
      select: { failure: true },
      resolve: ({ failure }) => failure as unknown as Problem | null,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When an executor took it.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
  }),
});

const TryImageInput = builder.inputType('TryImageInput', {
  description: 'A picture, uploaded to POST /uploads before, and what to try on it: a model, a restoration, or both.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'Such as Project_1.' }),
    imageDigest: t.string({ required: true, description: 'As the upload answered: PNG, JPEG or WebP, at most 32 MB.' }),
    fileName: t.string({ description: 'For people.' }),
    modelConfigId: t.id({ description: 'Such as ModelConfig_1.' }),
    model: t.field({ type: 'JSON', description: 'The spec of a model that is not registered, see docs/models.md.' }),
    restorationConfigId: t.id({ description: 'Such as RestorationConfig_1.' }),
    steps: t.field({
      type: 'JSON',
      description: 'Steps of a restoration that is not registered, see docs/restorations.md.',
    }),
  }),
});

const TryImagePayload = builder.objectRef<{ id: bigint }>('TryImagePayload').implement({
  description: 'The trial that was queued.',
  fields: (t) => ({
    trial: t.prismaField({
      type: 'Trial',
      description: 'The trial.',
      resolve: (query, { id }, _args, { database }) =>
        database.prisma.trial.findUniqueOrThrow({ ...query, where: { id } }),
    }),
  }),
});

builder.mutationField('tryImage', (t) =>
  t.field({
    type: TryImagePayload,
    description:
      'Tries a model, a restoration or both on one picture, before all runs that wait. Follow it by the subscription trialChanged.',
    errors: {},
    args: { input: t.arg({ type: TryImageInput, required: true, description: 'What to try.' }) },
    resolve: (_root, { input }, context) => {
      const { projectId, modelConfigId, restorationConfigId, ...rest } = input;
      const configs = {
        modelConfigId: modelConfigId == null ? null : rowNumber(modelConfigId, 'ModelConfig', 'input.modelConfigId'),
        restorationConfigId:
          restorationConfigId == null
            ? null
            : rowNumber(restorationConfigId, 'RestorationConfig', 'input.restorationConfigId'),
      };
      return requestTrial(context, rowNumber(projectId, 'Project', 'input.projectId'), configs, withoutNulls(rest));
    },
  }),
);

builder.subscriptionField('trialChanged', (t) =>
  t.prismaField({
    type: 'Trial',
    description: 'The trial as it stands, then whenever it changes; ends with it.',
    args: { trialId: t.arg.id({ required: true, description: 'Such as Trial_1.' }) },
    subscribe: (_root, { trialId }, { listener, database }) => {
      const id = rowNumber(trialId, 'Trial', 'trialId');
      return follow(
        listener,
        (m) => m.kind === 'trial' && m.trialId === String(id),
        async () => {
          const row = await database.prisma.trial.findUnique({ where: { id }, select: { status: true } });
          return { values: row ? [id] : [], done: !row || ENDED.includes(row.status) };
        },
      );
    },
    resolve: (query, id, _args, { database }) => database.prisma.trial.findUniqueOrThrow({ ...query, where: { id } }),
  }),
);
