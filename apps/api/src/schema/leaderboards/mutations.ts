import { createLeaderboard, deleteLeaderboard, updateLeaderboard } from '../../leaderboards/change-leaderboard.ts';
import { demandCompetition } from '../../submissions/demand-competition.ts';
import { builder, rowNumber } from '../builder.ts';
import { SplitEnum } from '../datasets/dataset.ts';
import { RunSourceEnum } from '../runs/enums.ts';
import { withoutNulls } from '../shared/inputs.ts';
import { EntryPerEnum, EntryPickEnum, RankDirectionEnum } from './enums.ts';
import { VisibilityEnum } from '../projects/project.ts';
import './leaderboard.ts';

const TagFilterInput = builder.inputType('LeaderboardTagInput', {
  description: 'A tag that a run must have.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'Its key.' }),
    value: t.string({ description: 'Any unless given.' }),
  }),
});

const FilterInput = builder.inputType('LeaderboardFilterInput', {
  description: 'Which runs may stand on a leaderboard; each part must hold, and each that is left out holds for all.',
  fields: (t) => ({
    modelConfigIds: t.idList({ description: 'Any of these, such as ModelConfig_1.' }),
    restorationConfigIds: t.idList({ description: 'Any of these, such as RestorationConfig_1.' }),
    experimentIds: t.idList({ description: 'Any of these, such as Experiment_1.' }),
    sources: t.field({ type: [RunSourceEnum], description: 'Any of these.' }),
    tags: t.field({ type: [TagFilterInput], description: 'All of these.' }),
  }),
});

const TieBreakInput = builder.inputType('TieBreakInput', {
  description: 'What decides between entries of the same value.',
  fields: (t) => ({
    by: t.string({ required: true, description: 'A metric or a cost.' }),
    direction: t.field({
      type: RankDirectionEnum,
      description: "The better end; the figure's usual one unless given.",
    }),
  }),
});

const METRIC =
  'accuracy, balancedAccuracy, macroF1, macroPrecision, macroRecall, weightedF1, cohenKappa, matthewsCorrelation; ' +
  'macroRocAuc, logLoss, brierScore; or logged:<key>. accuracy unless given.';
const COSTS =
  'latencyP50Milliseconds, latencyP95Milliseconds, inferenceSeconds, preprocessingSeconds, trainingSeconds, cpuSeconds, ' +
  'peakMemoryBytes, or logged:<key>; at most 10.';

const CreateLeaderboardInput = builder.inputType('CreateLeaderboardInput', {
  description: 'A leaderboard to be made.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'Such as Project_1.' }),
    datasetVersionId: t.id({ required: true, description: 'Such as DatasetVersion_1.' }),
    split: t.field({ type: SplitEnum, description: 'All samples unless given.' }),
    name: t.string({ required: true, description: 'Its address is made of it.' }),
    description: t.string({ description: 'Markdown.' }),
    metric: t.string({ description: METRIC }),
    direction: t.field({ type: RankDirectionEnum, description: 'Of a logged metric; HIGHER unless given.' }),
    tieBreaks: t.field({ type: [TieBreakInput], description: 'At most 5, in their order.' }),
    filter: t.field({ type: FilterInput, description: 'All finished runs unless given.' }),
    entryPer: t.field({ type: EntryPerEnum, description: 'RUN unless given.' }),
    pick: t.field({ type: EntryPickEnum, description: 'LATEST unless given.' }),
    costs: t.stringList({ description: COSTS }),
    visibility: t.field({ type: VisibilityEnum, description: 'TEAM unless given.' }),
    excludeLeaks: t.boolean({ description: 'Whether to leave out leaked samples; false unless given.' }),
  }),
});

const UpdateLeaderboardInput = builder.inputType('UpdateLeaderboardInput', {
  description: 'A change of a leaderboard. What is left out stays.',
  fields: (t) => ({
    leaderboardId: t.id({ required: true, description: 'Such as Leaderboard_1.' }),
    expectedRevision: t.int({
      required: true,
      description: 'Refused when it has another one: somebody has changed it since.',
    }),
    name: t.string({ description: 'For people; its address stays.' }),
    description: t.string({ description: 'Markdown.' }),
    metric: t.string({ description: METRIC }),
    direction: t.field({ type: RankDirectionEnum, description: 'Of a logged metric.' }),
    tieBreaks: t.field({ type: [TieBreakInput], description: 'In the place of those that are there.' }),
    filter: t.field({ type: FilterInput, description: 'In the place of the one that is there.' }),
    entryPer: t.field({ type: EntryPerEnum, description: 'What an entry is.' }),
    pick: t.field({ type: EntryPickEnum, description: 'Which of several runs of an entry counts.' }),
    costs: t.stringList({ description: COSTS }),
    visibility: t.field({ type: VisibilityEnum, description: 'Who may see it.' }),
    excludeLeaks: t.boolean({ description: 'Whether to leave out leaked samples.' }),
  }),
});

const DeleteLeaderboardInput = builder.inputType('DeleteLeaderboardInput', {
  description: 'A leaderboard to be deleted.',
  fields: (t) => ({
    leaderboardId: t.id({ required: true, description: 'Such as Leaderboard_1.' }),
    withSnapshots: t.boolean({ description: 'Also its snapshots, which others may have cited; refused otherwise.' }),
  }),
});

export const boardPayload = (name: string, description: string) =>
  builder.objectRef<{ id: bigint }>(name).implement({
    description,
    fields: (t) => ({
      leaderboard: t.prismaField({
        type: 'Leaderboard',
        description: 'The leaderboard.',
        resolve: (query, { id }, _args, { database }) =>
          database.prisma.leaderboard.findUniqueOrThrow({ ...query, where: { id } }),
      }),
    }),
  });

const DeletePayload = builder.objectRef<{ id: bigint }>('DeleteLeaderboardPayload').implement({
  description: 'The leaderboard that is gone.',
  fields: (t) => ({
    leaderboardId: t.id({ description: 'Its id.', resolve: ({ id }) => `Leaderboard_${id}` }),
  }),
});

/** Ids as row numbers, and what is null left out. */
function specOf<
  T extends { filter?: typeof FilterInput.$inferInput | null | undefined; tieBreaks?: object[] | null | undefined },
>(input: T) {
  const { filter, tieBreaks, ...fields } = input;
  return {
    ...withoutNulls(fields),
    ...(tieBreaks && { tieBreaks: tieBreaks.map(withoutNulls) }),
    ...(filter && { filter: filterOf(filter) }),
  };
}

function filterOf({ tags, ...filter }: typeof FilterInput.$inferInput) {
  const { modelConfigIds, restorationConfigIds, experimentIds, ...others } = withoutNulls(filter);
  const numbers = (ids: string[], typename: string, field: string): string[] =>
    ids.map((id, i) => String(rowNumber(id, typename, `input.filter.${field}.${i}`)));
  return {
    ...others,
    ...(modelConfigIds && { modelConfigIds: numbers(modelConfigIds, 'ModelConfig', 'modelConfigIds') }),
    ...(restorationConfigIds && {
      restorationConfigIds: numbers(restorationConfigIds, 'RestorationConfig', 'restorationConfigIds'),
    }),
    ...(experimentIds && { experimentIds: numbers(experimentIds, 'Experiment', 'experimentIds') }),
    ...(tags && { tags: tags.map(withoutNulls) }),
  };
}

/** A public board is read without a login, whatever the visibility of its project. */
const PUBLISHING = {
  action: ({ input }: { input: { visibility?: unknown } }) => (input.visibility === 'PUBLIC' ? 'manage' : 'write'),
} as const;

builder.mutationFields((t) => ({
  createLeaderboard: t.field({
    type: boardPayload('CreateLeaderboardPayload', 'The leaderboard that was made.'),
    access: PUBLISHING,
    description: 'Makes a leaderboard; an executor ranks it at once, and whenever a run of its dataset version ends.',
    errors: {},
    args: { input: t.arg({ type: CreateLeaderboardInput, required: true, description: 'What to make.' }) },
    resolve: (_root, { input }, context) => {
      const { projectId, datasetVersionId, split, ...spec } = input;
      const place = {
        projectId: rowNumber(projectId, 'Project', 'input.projectId'),
        datasetVersionId: rowNumber(datasetVersionId, 'DatasetVersion', 'input.datasetVersionId'),
        split: split ?? null,
      };
      return createLeaderboard(context, place, specOf(spec));
    },
  }),
  updateLeaderboard: t.field({
    type: boardPayload('UpdateLeaderboardPayload', 'The leaderboard as it is now; its rows follow.'),
    access: PUBLISHING,
    description: 'Changes the rule of a leaderboard, and has it ranked anew.',
    errors: {},
    args: { input: t.arg({ type: UpdateLeaderboardInput, required: true, description: 'What to change.' }) },
    resolve: async (_root, { input }, context) => {
      const { leaderboardId, expectedRevision, ...change } = input;
      const id = rowNumber(leaderboardId, 'Leaderboard', 'input.leaderboardId');
      await demandCompetition(context, id);
      await updateLeaderboard(context, id, expectedRevision, specOf(change));
      return { id };
    },
  }),
  deleteLeaderboard: t.field({
    type: DeletePayload,
    description: 'Deletes a leaderboard. Its runs stay.',
    errors: {},
    args: { input: t.arg({ type: DeleteLeaderboardInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, context) => {
      const id = rowNumber(input.leaderboardId, 'Leaderboard', 'input.leaderboardId');
      await demandCompetition(context, id);
      return deleteLeaderboard(context, id, input.withSnapshots ?? false);
    },
  }),
}));
