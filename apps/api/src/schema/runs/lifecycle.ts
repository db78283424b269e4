import { flattenParams, parseInput, problem, prose } from '@samplewise/domain';
import { createRun, logParams } from '../../runs/create-run.ts';
import { failRun, finishRun, heartbeat, resumeRun } from '../../runs/end-run.ts';
import { builder, found, rowNumber } from '../builder.ts';
import { withoutNulls } from '../shared/inputs.ts';
import { runPayload } from './payload.ts';
import { PublishedFiguresInput, publishedOf } from './published.ts';

export const TagInput = builder.inputType('TagInput', {
  description: 'A word, or a key with a value, that is hung on a run.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'Such as `baseline` or `stage`.' }),
    value: t.string({ description: 'Such as `final`; empty unless given.' }),
  }),
});

/** Tags as packages/domain's `runTags` wants them. */
export const tagsOf = (tags: readonly (typeof TagInput.$inferInput)[]) => tags.map(withoutNulls);

const CreateRunInput = builder.inputType('CreateRunInput', {
  description: 'A run whose predictions or metrics a client logs.',
  fields: (t) => ({
    experimentId: t.id({ required: true, description: 'Such as Experiment_1.' }),
    name: t.string({ description: 'For people; made of the model and the restoration unless given.' }),
    description: t.string({ description: 'Markdown.' }),
    group: t.string({ description: 'What belongs together in a chart or table, such as the folds of one model.' }),
    seed: t.int({ description: '0 unless given.' }),
    modelConfigId: t.id({ description: 'The model, where it is registered. Such as ModelConfig_1.' }),
    restorationConfigId: t.id({ description: 'The restoration, where it is registered. Such as RestorationConfig_1.' }),
    parentId: t.id({ description: 'A run that this one is a part of. Such as Run_1.' }),
    params: t.field({
      type: 'JSON',
      description: 'What the run is started with: an object; nested ones are flattened, `optimizer.lr`.',
    }),
    tags: t.field({ type: [TagInput], description: 'Hung on it from the beginning.' }),
    environment: t.field({ type: 'JSON', description: 'An object: git commit and diff, packages, hardware.' }),
    clientKey: t.string({
      description: "The client's own name for it. The same key in the same experiment gives the run that is there.",
    }),
    published: t.field({
      type: PublishedFiguresInput,
      description: 'For a run of which only published figures are known: it is then an IMPORT.',
    }),
  }),
});

const CreateRunPayload = builder.objectRef<{ id: bigint; created: boolean }>('CreateRunPayload').implement({
  description: 'The run that was begun.',
  fields: (t) => ({
    run: t.prismaField({
      type: 'Run',
      description: 'The run.',
      resolve: (query, { id }, _args, { database }) =>
        database.prisma.run.findUniqueOrThrow({ ...query, where: { id } }),
    }),
    created: t.exposeBoolean('created', { description: 'False when a run with this client key was there already.' }),
  }),
});

const LogParamsInput = builder.inputType('LogParamsInput', {
  description: 'Params that become known after the beginning of a run.',
  fields: (t) => ({
    runId: t.id({ required: true, description: 'Such as Run_1.' }),
    params: t.field({ type: 'JSON', required: true, description: 'An object; nested ones are flattened.' }),
  }),
});

const FinishRunInput = builder.inputType('FinishRunInput', {
  description: 'A run that is complete.',
  fields: (t) => ({
    runId: t.id({ required: true, description: 'Such as Run_1.' }),
    incomplete: t.boolean({
      description: 'Accept samples without a prediction; they count as wrong. Refused unless this is true.',
    }),
  }),
});

const FailRunInput = builder.inputType('FailRunInput', {
  description: 'A run that can not be completed.',
  fields: (t) => ({
    runId: t.id({ required: true, description: 'Such as Run_1.' }),
    reason: t.string({ required: true, description: 'For people, such as the message of an exception.' }),
  }),
});

const runInput = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({ runId: t.id({ required: true, description: 'Such as Run_1.' }) }),
  });
const ResumeRunInput = runInput('ResumeRunInput', 'A run to be opened again.');
const HeartbeatInput = runInput('HeartbeatInput', 'A run whose client is at work.');

const optionalRow = (id: string | null | undefined, typename: string, place: string): bigint | null =>
  id == null ? null : rowNumber(id, typename, place);

builder.mutationFields((t) => ({
  createRun: t.field({
    type: CreateRunPayload,
    description: 'Begins a run. Log to it by logPredictions, logMetrics and logParams, and end it by finishRun.',
    errors: {},
    args: { input: t.arg({ type: CreateRunInput, required: true, description: 'What to begin.' }) },
    resolve: async (_root, { input }, context) => {
      const { experimentId, modelConfigId, restorationConfigId, parentId, params, tags, published, ...fields } = input;
      const id = rowNumber(experimentId, 'Experiment', 'input.experimentId');
      const row = await context.database.prisma.experiment.findUnique({ where: { id } });
      return createRun(
        context,
        found(row, 'experiment', 'input.experimentId', experimentId),
        {
          modelConfigId: optionalRow(modelConfigId, 'ModelConfig', 'input.modelConfigId'),
          restorationConfigId: optionalRow(restorationConfigId, 'RestorationConfig', 'input.restorationConfigId'),
          parentId: optionalRow(parentId, 'Run', 'input.parentId'),
        },
        {
          ...withoutNulls(fields),
          ...(tags ? { tags: tagsOf(tags) } : {}),
          ...(published ? { published: publishedOf(published) } : {}),
        },
        params ?? undefined,
      );
    },
  }),
  logParams: t.field({
    type: runPayload('LogParamsPayload', 'The run with its params.'),
    description: 'Adds params to a run. A param that is there with another value is refused.',
    errors: {},
    args: { input: t.arg({ type: LogParamsInput, required: true, description: 'What to log.' }) },
    resolve: async (_root, { input }, context) => {
      const id = rowNumber(input.runId, 'Run', 'input.runId');
      await logParams(context, id, flattenParams(input.params, 'input.params'));
      return { id };
    },
  }),
  finishRun: t.field({
    type: runPayload('FinishRunPayload', 'The run; with predictions it is RUNNING until it has been evaluated.'),
    description: 'Ends a run. Its predictions are evaluated; without any it is finished at once.',
    errors: {},
    args: { input: t.arg({ type: FinishRunInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, context) => {
      const id = rowNumber(input.runId, 'Run', 'input.runId');
      await finishRun(context, id, input.incomplete ?? false);
      return { id };
    },
  }),
  failRun: t.field({
    type: runPayload('FailRunPayload', 'The run that failed.'),
    description: 'Ends a run as FAILED.',
    errors: {},
    args: { input: t.arg({ type: FailRunInput, required: true, description: 'Which, and why.' }) },
    resolve: async (_root, { input }, context) => {
      const id = rowNumber(input.runId, 'Run', 'input.runId');
      const reason = parseInput(prose, input.reason, 'input.reason');
      await failRun(context, id, problem('CLIENT_FAILED', reason, { place: 'client' }));
      return { id };
    },
  }),
  resumeRun: t.field({
    type: runPayload('ResumeRunPayload', 'The run, which is RUNNING again.'),
    description: 'Opens a run that has ended, to log more to it.',
    errors: {},
    args: { input: t.arg({ type: ResumeRunInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, context) => {
      const id = rowNumber(input.runId, 'Run', 'input.runId');
      await resumeRun(context, id);
      return { id };
    },
  }),
  heartbeat: t.field({
    type: runPayload('HeartbeatPayload', 'The run.'),
    description: 'Says that the client is still at work. Whatever it logs says so too.',
    errors: {},
    args: { input: t.arg({ type: HeartbeatInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, context) => {
      const id = rowNumber(input.runId, 'Run', 'input.runId');
      await heartbeat(context, id);
      return { id };
    },
  }),
}));
