import { cancelRuns } from '../../runs/cancel-run.ts';
import { changeRuns, setDeleted } from '../../runs/change-runs.ts';
import { cloneRun } from '../../runs/clone-run.ts';
import { builder, rowNumber } from '../builder.ts';
import { withoutNulls } from '../shared/inputs.ts';
import { TagInput, tagsOf } from './lifecycle.ts';
import { runPayload, runsPayload } from './payload.ts';

const UpdateRunInput = builder.inputType('UpdateRunInput', {
  description: 'What people say of a run. What is left out stays.',
  fields: (t) => ({
    runId: t.id({ required: true, description: 'Such as Run_1.' }),
    expectedRevision: t.int({ description: 'Refused when the run has another one: somebody has changed it since.' }),
    name: t.string({ description: 'For people.' }),
    description: t.string({ description: 'Markdown.' }),
    group: t.string({ description: 'Empty: none.' }),
    setTags: t.field({ type: [TagInput], description: 'Added, or given another value.' }),
    removeTags: t.stringList({ description: 'Keys.' }),
    archived: t.boolean({ description: 'Out of the way, in tables and charts.' }),
  }),
});

const UpdateRunsInput = builder.inputType('UpdateRunsInput', {
  description: 'The same change of several runs, of all or of none.',
  fields: (t) => ({
    runIds: t.idList({ required: true, description: 'Up to 1,000, such as Run_1.' }),
    group: t.string({ description: 'Empty: none.' }),
    setTags: t.field({ type: [TagInput], description: 'Added, or given another value.' }),
    removeTags: t.stringList({ description: 'Keys.' }),
    archived: t.boolean({ description: 'Out of the way, in tables and charts.' }),
  }),
});

const runsInput = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({ runIds: t.idList({ required: true, description: 'Up to 1,000, such as Run_1.' }) }),
  });
const CancelRunsInput = runsInput('CancelRunsInput', 'Runs to be canceled.');
const DeleteRunsInput = runsInput('DeleteRunsInput', 'Runs to be put into the bin.');
const RestoreRunsInput = runsInput('RestoreRunsInput', 'Runs to be taken out of the bin.');

const CloneRunInput = builder.inputType('CloneRunInput', {
  description: 'A run like another one, but for what is given here.',
  fields: (t) => ({
    runId: t.id({ required: true, description: 'Such as Run_1.' }),
    name: t.string({ description: 'The same name unless given. Runs of executors are named after their configs.' }),
    seed: t.int({ description: 'The same seed unless given.' }),
    modelConfigId: t.id({ description: 'The same model unless given.' }),
    restorationConfigId: t.id({ description: 'The same restoration unless given.' }),
    params: t.field({ type: 'JSON', description: 'Over those of the original; for runs of clients only.' }),
  }),
});

export const runNumbers = (ids: readonly string[]): bigint[] => [
  ...new Set(ids.map((id, i) => rowNumber(id, 'Run', `input.runIds.${i}`))),
];

builder.mutationFields((t) => ({
  updateRun: t.field({
    type: runPayload('UpdateRunPayload', 'The run as it is now.'),
    description: 'Renames, describes, groups, tags, archives a run.',
    errors: {},
    args: { input: t.arg({ type: UpdateRunInput, required: true, description: 'What to change.' }) },
    resolve: async (_root, { input }, context) => {
      const { runId, expectedRevision, setTags, ...fields } = input;
      const id = rowNumber(runId, 'Run', 'input.runId');
      const change = { ...withoutNulls(fields), ...(setTags ? { setTags: tagsOf(setTags) } : {}) };
      await changeRuns(context, [id], change, expectedRevision ?? undefined);
      return { id };
    },
  }),
  updateRuns: t.field({
    type: runsPayload('UpdateRunsPayload', 'The runs as they are now.'),
    description: 'Groups, tags or archives several runs.',
    errors: {},
    args: { input: t.arg({ type: UpdateRunsInput, required: true, description: 'What to change.' }) },
    resolve: async (_root, { input }, context) => {
      const { runIds, setTags, ...fields } = input;
      const ids = runNumbers(runIds);
      await changeRuns(context, ids, { ...withoutNulls(fields), ...(setTags ? { setTags: tagsOf(setTags) } : {}) });
      return { ids };
    },
  }),
  cancelRuns: t.field({
    type: runsPayload('CancelRunsPayload', 'The runs, which are canceled.'),
    description: 'Ends queued or running runs, all or none. Predictions that are stored stay.',
    errors: {},
    args: { input: t.arg({ type: CancelRunsInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, context) => {
      const ids = runNumbers(input.runIds);
      await cancelRuns(context, ids);
      return { ids };
    },
  }),
  deleteRuns: t.field({
    type: runsPayload('DeleteRunsPayload', 'The runs, which are in the bin now.'),
    description: 'Puts runs into the bin, out of which restoreRuns takes them; after 30 days they are gone for good.',
    errors: {},
    args: { input: t.arg({ type: DeleteRunsInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, context) => {
      const ids = runNumbers(input.runIds);
      await setDeleted(context, ids, true);
      return { ids };
    },
  }),
  restoreRuns: t.field({
    type: runsPayload('RestoreRunsPayload', 'The runs, which are back.'),
    description: 'Takes runs out of the bin.',
    errors: {},
    args: { input: t.arg({ type: RestoreRunsInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, context) => {
      const ids = runNumbers(input.runIds);
      await setDeleted(context, ids, false);
      return { ids };
    },
  }),
  cloneRun: t.field({
    type: runPayload('CloneRunPayload', 'The new run.'),
    description: "Repeats a run with changes: an executor's is queued, a client's is begun.",
    errors: {},
    args: { input: t.arg({ type: CloneRunInput, required: true, description: 'What to repeat, and the changes.' }) },
    resolve: async (_root, { input }, context) => {
      const { runId, modelConfigId, restorationConfigId, params, ...fields } = withoutNulls(input);
      return cloneRun(context, rowNumber(runId!, 'Run', 'input.runId'), {
        ...fields,
        params,
        ...(modelConfigId !== undefined && {
          modelConfigId: rowNumber(modelConfigId, 'ModelConfig', 'input.modelConfigId'),
        }),
        ...(restorationConfigId !== undefined && {
          restorationConfigId: rowNumber(restorationConfigId, 'RestorationConfig', 'input.restorationConfigId'),
        }),
      });
    },
  }),
}));
