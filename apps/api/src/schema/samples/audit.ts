import { resolveCursorConnection } from '@pothos/plugin-relay';
import type { DatasetAudit, DuplicateKind } from '@samplewise/database';
import type { SplitBalance } from '@samplewise/evaluation';
import {
  countGroups,
  duplicateGroups,
  leakCounts,
  leakedSamples,
  SHOWN,
  type DuplicateGroupRow,
  type GroupFilter,
  type LeakCount,
} from '../../samples/duplicate-groups.ts';
import { loadSample } from '../../samples/load-samples.ts';
import { imageStatistics, type Distribution } from '../../samples/statistics.ts';
import { builder, PAGE_LIMIT } from '../builder.ts';
import { SampleRef, SplitEnum } from '../datasets/dataset.ts';
import { EstimateRef } from '../runs/evaluation.ts';
import { cursorNumber, wholeNumber } from '../shared/numbers.ts';
import { StatisticEnum } from './inputs.ts';

const DuplicateKindEnum = builder.enumType('DuplicateKind', {
  description: 'How sure it is that pictures are the same.',
  values: {
    EXACT: { description: 'Their bytes are the same.' },
    ALIKE: { description: 'Their perceptual hashes are the same.' },
    NEAR: { description: 'Their perceptual hashes differ in few bits.' },
  } satisfies Record<DuplicateKind, object>,
});

const SplitBalanceRef = builder.objectRef<SplitBalance>('SplitBalance').implement({
  description: 'How the classes of a split are balanced.',
  fields: (t) => ({
    split: t.field({
      type: SplitEnum,
      description: 'The part.',
      resolve: ({ split }) => split as typeof SplitEnum.$inferType,
    }),
    samples: t.exposeInt('samples', { description: 'All of it.' }),
    missing: t.stringList({ description: 'Classes without a sample.', resolve: ({ missing }) => [...missing] }),
    imbalanceRatio: t.field({
      type: EstimateRef,
      description: 'Samples of the largest class over those of the smallest one.',
      resolve: ({ imbalanceRatio }) => imbalanceRatio,
    }),
  }),
});

const LeakRef = builder.objectRef<LeakCount>('Leak').implement({
  description:
    'Samples of a split of which a duplicate stands in an earlier one, so that a model may have learned them.',
  fields: (t) => ({
    from: t.expose('from', { type: SplitEnum, description: 'The split that comes first.' }),
    to: t.expose('to', { type: SplitEnum, description: 'The split whose samples are counted.' }),
    samples: t.exposeInt('samples', { description: 'All of them, each once.' }),
    exact: t.exposeInt('exact', { description: 'Of these, how many stand there byte for byte.' }),
  }),
});

builder.prismaObject('DatasetAudit', {
  description: 'What is doubtful about a dataset version. Images that show nothing are not taken for duplicates.',
  fields: (t) => ({
    maximumDistance: t.exposeInt('maximumDistance', {
      description: 'Of 64 bits, how many the perceptual hashes of near duplicates may differ in.',
    }),
    exactGroups: t.exposeInt('exactGroups', { description: 'Groups of samples with the same bytes.' }),
    alikeGroups: t.exposeInt('alikeGroups', {
      description: 'Groups of samples with the same perceptual hash and not all the same bytes.',
    }),
    nearPairs: t.exposeInt('nearPairs', { description: 'Pairs of samples, or of such groups, that are near.' }),
    truncated: t.exposeBoolean('truncated', {
      description: 'There are more near pairs than `duplicates` lists; the farther ones are left out.',
    }),
    conflicts: t.exposeInt('conflicts', { description: 'Groups and pairs whose samples have several labels.' }),
    blankImages: t.exposeInt('blank', { description: 'Images that show nothing.' }),
    unreadableImages: t.exposeInt('unreadable', { description: 'Images that can not be read any more.' }),
    balance: t.field({
      type: [SplitBalanceRef],
      description: 'By split, with the empty ones.',
      select: { balance: true },
      resolve: ({ balance }) => balance as unknown as SplitBalance[],
    }),
    leakedSamples: t.int({
      description: 'Samples of which a duplicate stands in any earlier split, each once.',
      select: { versionId: true },
      resolve: ({ versionId }: Pick<DatasetAudit, 'versionId'>, _args, context) => leakedSamples(context, versionId),
    }),
    leaks: t.field({
      type: [LeakRef],
      description: 'For each two splits where there are any.',
      select: { versionId: true },
      resolve: ({ versionId }: Pick<DatasetAudit, 'versionId'>, _args, context) => leakCounts(context, versionId),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
  }),
});

/** With the version's labels, to name them. */
type Group = DuplicateGroupRow & { names: readonly string[] };

const DuplicateGroup = builder.objectRef<Group>('DuplicateGroup').implement({
  description: 'Samples of a version that are the same picture, or look like it.',
  fields: (t) => ({
    kind: t.expose('kind', { type: DuplicateKindEnum, description: 'How sure it is.' }),
    distance: t.exposeInt('distance', { description: 'Of 64 bits, how many their hashes differ in.' }),
    size: t.exposeInt('size', { description: 'All of its samples.' }),
    splits: t.expose('splits', { type: [SplitEnum], description: 'In which they stand.' }),
    labels: t.stringList({
      description: 'Their classes: several are a conflict.',
      resolve: ({ labels, names }) => labels.map((label) => names[label]!),
    }),
    samples: t.field({
      type: [SampleRef],
      description: `The first ${SHOWN} of them.`,
      complexity: 10,
      resolve: ({ versionId, shown }, _args, context) =>
        Promise.all(shown.map((index) => loadSample(context, { versionId, index }))),
    }),
  }),
});

interface GroupPage {
  versionId: bigint;
  filter: GroupFilter;
}

const DuplicateGroups = builder.connectionObject(
  {
    type: DuplicateGroup,
    name: 'DuplicateGroupConnection',
    description: 'A page of groups, the surest first.',
    fields: (t) => ({
      totalCount: t.int({
        description: 'All groups that fit.',
        complexity: 10,
        resolve: (page, _args, { database }) => {
          const { versionId, filter } = page as unknown as Partial<GroupPage>;
          // Where labels are hidden there is no more than an empty page.
          return versionId === undefined ? 0 : countGroups(database, versionId, filter ?? {});
        },
      }),
    }),
  },
  { name: 'DuplicateGroupEdge', description: 'A group and its cursor.' },
);

const ImageStatistic = builder.objectRef<Distribution>('ImageStatistic').implement({
  description: "How a figure is distributed over a version's images.",
  fields: (t) => ({
    statistic: t.expose('statistic', { type: StatisticEnum, description: 'The figure.' }),
    count: t.exposeInt('count', { description: 'Samples of whose images it is known.' }),
    min: t.exposeFloat('min', { nullable: true, description: 'The smallest value; none where none is known.' }),
    max: t.exposeFloat('max', { nullable: true, description: 'The largest value.' }),
    histogram: t.exposeIntList('histogram', { description: 'Samples in bins of one width from `min` to `max`.' }),
  }),
});

builder.prismaObjectFields('DatasetVersion', (t) => ({
  audit: t.relation('audit', {
    nullable: true,
    labels: 'sealed',
    description: 'What is doubtful about it; none until an executor has looked, some seconds after the import.',
  }),
  duplicates: t.connection(
    {
      type: DuplicateGroup,
      description: 'Groups of samples that are the same picture, as the audit found them, the surest first.',
      labels: 'sealed',
      args: {
        kinds: t.arg({ type: [DuplicateKindEnum], description: 'Only these.' }),
        acrossSplits: t.arg.boolean({ description: 'Only groups in several splits, or only within one.' }),
        conflicting: t.arg.boolean({ description: 'Only groups with several labels, or only with one.' }),
      },
      select: { id: true, labels: true },
      resolve: async ({ id: versionId, labels: names }, args, { database }) => {
        const filter: GroupFilter = {
          kinds: args.kinds ?? undefined,
          acrossSplits: args.acrossSplits ?? undefined,
          conflicting: args.conflicting ?? undefined,
        };
        const page = await resolveCursorConnection<Promise<Group[]>>(
          { args, maxSize: PAGE_LIMIT, defaultSize: 50, toCursor: ({ position }) => String(position) },
          async ({ before, after, limit, inverted }) => {
            const bounds = { before: cursorNumber(before, 'before'), after: cursorNumber(after, 'after') };
            const groups = await duplicateGroups(database, versionId, filter, { ...bounds, limit, inverted });
            return groups.map((group) => ({ ...group, names }));
          },
        );
        return { ...page, versionId, filter } as typeof page & GroupPage;
      },
    },
    DuplicateGroups,
  ),
  experiments: t.relatedConnection('experiments', {
    cursor: 'id',
    totalCount: true,
    description: 'Questions that were asked of it, the newest first.',
    query: { orderBy: { id: 'desc' } },
  }),
  imports: t.relatedConnection('imports', {
    cursor: 'id',
    description: 'Uploads that gave this content; the first one made it.',
    query: { orderBy: { id: 'asc' } },
  }),
  imageStatistics: t.field({
    type: [ImageStatistic],
    description: 'How what is measured of its images is distributed.',
    complexity: 300,
    args: { bins: t.arg.int({ defaultValue: 40, description: 'Of the histograms, 1 to 200.' }) },
    select: { id: true },
    resolve: ({ id }, { bins }, { database }) => imageStatistics(database, id, wholeNumber(bins ?? 40, 'bins', 1, 200)),
  }),
}));
