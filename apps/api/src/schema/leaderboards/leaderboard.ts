import type { LeaderboardCheck, LeaderboardFilter, LeaderboardSummary, Problem, TieBreak } from '@samplewise/domain';
import { criticalDifferenceDiagram, type RankDiagram } from '@samplewise/reports';
import { hiddenSplits } from '../../auth/labels/hidden-splits.ts';
import { follow } from '../../runs/follow.ts';
import { compareOverBoards, type BoardsComparison } from '../../leaderboards/critical-difference.ts';
import { builder, rowNumber } from '../builder.ts';
import { SplitEnum } from '../datasets/dataset.ts';
import { ProblemRef } from '../shared/errors.ts';
import { CONTAINS, nameContains } from '../shared/name-contains.ts';
import { BoardPartEnum, CheckLevelEnum, EntryPerEnum, EntryPickEnum, RankDirectionEnum } from './enums.ts';
import { VisibilityEnum } from '../projects/project.ts';
import './entry.ts';

const CheckRef = builder.objectRef<LeaderboardCheck>('LeaderboardCheck').implement({
  description: 'What a reader should know before believing a ranking.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable; the list is in docs/leaderboards.md.' }),
    level: t.expose('level', { type: CheckLevelEnum, description: 'How much it matters.' }),
    message: t.exposeString('message', { description: 'A sentence for people.' }),
    count: t.exposeInt('count', { description: 'Samples, classes, entries or runs that it is about.' }),
  }),
});

const TieBreakRef = builder.objectRef<TieBreak>('TieBreak').implement({
  description: 'What decides between entries of the same value.',
  fields: (t) => ({
    by: t.exposeString('by', { description: 'A metric or a cost.' }),
    direction: t.expose('direction', {
      type: RankDirectionEnum,
      nullable: true,
      description: "The better end; the figure's usual one unless given.",
    }),
  }),
});

builder.prismaObject('LeaderboardResult', {
  description: 'What was computed of a leaderboard as a whole.',
  fields: (t) => {
    const summary = <T>(read: (summary: LeaderboardSummary) => T) => ({
      select: { summary: true } as const,
      resolve: (row: { summary: unknown }) => read(row.summary as LeaderboardSummary),
    });
    return {
      computedAt: t.expose('computedAt', { type: 'DateTime', description: 'When.' }),
      revision: t.exposeInt('revision', { description: 'That of the leaderboard which it was computed of.' }),
      codeVersion: t.string({ description: 'Version of the code.', ...summary((s) => s.codeVersion) }),
      inputsDigest: t.string({
        description: 'SHA-256 over the runs, their predictions and costs, and the rule.',
        ...summary((s) => s.inputsDigest),
      }),
      part: t.field({
        type: BoardPartEnum,
        nullable: true,
        description: 'Of a competition, the part of the samples by which it is ranked; none of others.',
        ...summary((s) => s.part ?? null),
      }),
      samples: t.int({ description: 'Samples that the ranking counts.', ...summary((s) => s.samples) }),
      leakedSamples: t.int({
        description: 'Samples whose very bytes stand in an earlier split too.',
        ...summary((s) => s.leakedSamples),
      }),
      test: t.string({
        nullable: true,
        description: 'How differences were tested; none where no samples stand behind the metric.',
        ...summary((s) => s.test),
      }),
      confidence: t.float({ description: 'Of intervals, rank sets and groups.', ...summary((s) => s.confidence) }),
      draws: t.int({ description: 'Of the bootstrap.', ...summary((s) => s.draws) }),
      seed: t.int({ description: 'Of the bootstrap.', ...summary((s) => s.seed) }),
      grouped: t.boolean({ description: 'Whether entries have letters.', ...summary((s) => s.grouped) }),
      checks: t.field({
        type: [CheckRef],
        description: 'The gravest first.',
        ...summary((s) => [...s.checks]),
      }),
    };
  },
});

builder.prismaNode('Leaderboard', {
  description: 'A rule that ranks runs on the same samples, kept live as runs finish.',
  id: { resolve: ({ id }) => String(id), description: 'Such as Leaderboard_1.' },
  findUnique: (id) => ({ id: BigInt(id) }),
  nullable: true,
  fields: (t) => ({
    slug: t.exposeString('slug', { description: 'Its name in addresses, unique within the project.' }),
    name: t.exposeString('name', { description: 'Its name for people.' }),
    description: t.exposeString('description', { description: 'Markdown.' }),
    project: t.relation('project', { description: 'Where it belongs.' }),
    datasetVersion: t.relation('datasetVersion', { description: 'Whose samples it is about.' }),
    split: t.expose('split', { type: SplitEnum, nullable: true, description: 'None: all samples of the version.' }),
    metric: t.exposeString('metric', { description: 'What it ranks by; `logged:<key>` is a logged metric.' }),
    direction: t.expose('direction', { type: RankDirectionEnum, description: 'Which end is the better one.' }),
    tieBreaks: t.field({
      type: [TieBreakRef],
      description: 'In their order.',
      select: { tieBreaks: true },
      resolve: ({ tieBreaks }) => tieBreaks as unknown as TieBreak[],
    }),
    filter: t.field({
      labels: 'free',
      type: 'JSON',
      description: 'Which runs may stand on it; ids as row numbers.',
      select: { filter: true },
      resolve: ({ filter }) => filter as LeaderboardFilter,
    }),
    entryPer: t.expose('entryPer', { type: EntryPerEnum, description: 'What an entry is.' }),
    pick: t.expose('pick', { type: EntryPickEnum, description: 'Which of several runs of an entry counts.' }),
    costs: t.exposeStringList('costs', { description: 'Columns beside the metric.' }),
    visibility: t.expose('visibility', { type: VisibilityEnum, description: 'Who may see it.' }),
    excludeLeaks: t.exposeBoolean('excludeLeaks', { description: 'Whether leaked samples are left out.' }),
    revision: t.exposeInt('revision', { description: 'Counts changes; see updateLeaderboard.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    failure: t.field({
      type: ProblemRef,
      nullable: true,
      description: 'Why it could not be ranked the last time.',
      labels: 'sealed',
      select: { failure: true },
      resolve: ({ failure }) => failure as unknown as Problem | null,
    }),
    labelsHidden: t.boolean({
      description: 'Whether its figures rest on labels that are hidden from the caller: then it shows no entries.',
      complexity: 5,
      select: { id: true },
      resolve: async ({ id }, _args, context) => (await hiddenSplits(context, 'Leaderboard', id)).length > 0,
    }),
    result: t.relation('result', {
      nullable: true,
      description: 'What was computed of it; none at first, and where labels are hidden.',
      labels: 'sealed',
    }),
    entries: t.relatedConnection('entries', {
      cursor: 'leaderboardId_position',
      totalCount: true,
      description: 'The best first. None where labels are hidden.',
      labels: 'sealed',
      query: { orderBy: { position: 'asc' } },
    }),
  }),
});

builder.prismaObjectField('Project', 'leaderboards', (t) =>
  t.relatedConnection('leaderboards', {
    cursor: 'id',
    totalCount: true,
    description: 'In the order in which they were made.',
    args: { contains: t.arg.string({ description: CONTAINS }) },
    query: ({ contains }) => ({ where: nameContains(contains), orderBy: { id: 'asc' } }),
  }),
);

const AverageRankRef = builder.objectRef<{ name: string; averageRank: number }>('AverageRank').implement({
  description: 'A model over several datasets.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The model, and its restoration if there is one.' }),
    averageRank: t.exposeFloat('averageRank', { description: '1 is the best.' }),
  }),
});

const RankBarRef = builder.objectRef<BoardsComparison['groups'][number]>('RankBar').implement({
  description: 'Models whose average ranks are within the critical difference.',
  fields: (t) => ({
    first: t.exposeInt('first', { description: 'Position among the models, from 0.' }),
    last: t.exposeInt('last', { description: 'Position among the models, included.' }),
  }),
});

const modelsOf = ({ order, names }: BoardsComparison) =>
  order.map(({ model, averageRank }) => ({ name: names[model]!, averageRank }));

const pictureOf = (comparison: BoardsComparison): RankDiagram => ({
  criticalDifference: comparison.criticalDifference,
  models: modelsOf(comparison),
  bars: comparison.groups,
});

const CriticalDifferenceRef = builder.objectRef<BoardsComparison>('CriticalDifference').implement({
  description: 'Models compared over several datasets by their ranks (Demsar, 2006).',
  fields: (t) => ({
    datasets: t.exposeInt('datasets', { description: 'How many.' }),
    alpha: t.exposeFloat('alpha', { description: 'Of the tests.' }),
    criticalDifference: t.exposeFloat('criticalDifference', {
      description: "Average ranks that are further apart differ, by Nemenyi's test.",
    }),
    friedmanP: t.float({
      description: "Of Friedman's test whether any model ranks above another.",
      resolve: ({ friedman }) => friedman.p,
    }),
    models: t.field({
      type: [AverageRankRef],
      description: 'The best first.',
      resolve: modelsOf,
    }),
    diagram: t.string({
      description: 'The critical-difference diagram, as an SVG without script.',
      resolve: (comparison) => criticalDifferenceDiagram(pictureOf(comparison)),
    }),
    bars: t.field({ type: [RankBarRef], description: 'Of the diagram.', resolve: ({ groups }) => [...groups] }),
  }),
});

builder.queryField('criticalDifference', (t) =>
  t.field({
    type: CriticalDifferenceRef,
    description: 'Compares the models that stand on each of several leaderboards of one metric.',
    complexity: ({ leaderboardIds }) => ({ field: 100 * leaderboardIds.length }),
    labels: 'sealed',
    args: { leaderboardIds: t.arg.idList({ required: true, description: '2 to 50, such as Leaderboard_1.' }) },
    resolve: (_root, { leaderboardIds }, context) =>
      compareOverBoards(context, [
        ...new Set(leaderboardIds.map((id, i) => rowNumber(id, 'Leaderboard', `leaderboardIds.${i}`))),
      ]),
  }),
);

builder.subscriptionField('leaderboardChanged', (t) =>
  t.prismaField({
    type: 'Leaderboard',
    nullable: true,
    description: 'The leaderboard as it stands, then whenever its rows or its rule change; ends when it is deleted.',
    args: { leaderboardId: t.arg.id({ required: true, description: 'Such as Leaderboard_1.' }) },
    subscribe: (_root, { leaderboardId }, { listener, database }) => {
      const id = rowNumber(leaderboardId, 'Leaderboard', 'leaderboardId');
      return follow(
        listener,
        (m) => m.kind === 'leaderboard' && m.leaderboardId === String(id),
        async () => {
          const present = await database.prisma.leaderboard.findUnique({ where: { id }, select: { id: true } });
          return { values: present ? [id] : [], done: !present };
        },
      );
    },
    resolve: (query, id, _args, { database }) => database.prisma.leaderboard.findUnique({ ...query, where: { id } }),
  }),
);
