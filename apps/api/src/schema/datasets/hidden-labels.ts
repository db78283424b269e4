import { hideLabels, showLabels } from '../../datasets/hide-labels.ts';
import { builder, rowNumber } from '../builder.ts';
import { SplitEnum } from './dataset.ts';

builder.prismaObject('HiddenLabels', {
  description: 'That the labels of a split are or were hidden from all but those who decide on the project.',
  fields: (t) => ({
    split: t.expose('split', { type: SplitEnum, description: 'The part of the version.' }),
    hiddenAt: t.expose('hiddenAt', { type: 'DateTime', description: 'Since when.' }),
    shownAt: t.expose('shownAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when everybody sees them; none while they are hidden.',
    }),
    commitment: t.exposeString('commitment', {
      description: 'SHA-256 of salt and labels: they can not be changed behind it. See docs/leaderboards.md.',
    }),
    salt: t.string({
      nullable: true,
      description: 'Told once the labels are shown, so that anybody can check the commitment.',
      select: { salt: true, shownAt: true },
      resolve: ({ salt, shownAt }) => (shownAt === null ? null : salt),
    }),
  }),
});

builder.prismaObjectField('DatasetVersion', 'hiddenLabels', (t) =>
  t.relation('hiddenLabels', {
    description: 'Of its splits, those whose labels are or were hidden.',
    query: { orderBy: { split: 'asc' } },
  }),
);

const splits = { required: true, description: 'At least one of TRAIN, VALIDATION, TEST.' } as const;

const HideLabelsInput = builder.inputType('HideLabelsInput', {
  description: 'Labels to be hidden from all but admins and owners of the team.',
  fields: (t) => ({
    datasetVersionId: t.id({ required: true, description: 'Such as DatasetVersion_1.' }),
    splits: t.field({ type: [SplitEnum], ...splits }),
    acceptOrder: t.boolean({
      description: 'Also where the order of the samples tells their labels, which is refused otherwise.',
    }),
  }),
});

const ShowLabelsInput = builder.inputType('ShowLabelsInput', {
  description: 'Hidden labels to be shown to whoever may read the version. Nobody can make others forget them.',
  fields: (t) => ({
    datasetVersionId: t.id({ required: true, description: 'Such as DatasetVersion_1.' }),
    splits: t.field({ type: [SplitEnum], ...splits }),
  }),
});

const versionPayload = (name: string, description: string) =>
  builder.objectRef<{ id: bigint }>(name).implement({
    description,
    fields: (t) => ({
      datasetVersion: t.prismaField({
        type: 'DatasetVersion',
        description: 'The version.',
        resolve: (query, { id }, _args, { database }) =>
          database.prisma.datasetVersion.findUniqueOrThrow({ ...query, where: { id } }),
      }),
    }),
  });

const numberOf = (id: string): bigint => rowNumber(id, 'DatasetVersion', 'input.datasetVersionId');

builder.mutationFields((t) => ({
  hideLabels: t.field({
    type: versionPayload('HideLabelsPayload', 'The version whose labels are hidden.'),
    description:
      'Hides the labels of splits, and whatever is made of them, from all but admins and owners of the team.',
    access: 'manage',
    errors: {},
    args: { input: t.arg({ type: HideLabelsInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, { database, actor }) => {
      const id = numberOf(input.datasetVersionId);
      await hideLabels(database, actor, id, [...new Set(input.splits)], input.acceptOrder ?? false);
      return { id };
    },
  }),
  showLabels: t.field({
    type: versionPayload('ShowLabelsPayload', 'The version whose labels are shown.'),
    description: 'Shows hidden labels to whoever may read the version.',
    access: 'manage',
    errors: {},
    args: { input: t.arg({ type: ShowLabelsInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, { database, actor }) => {
      const id = numberOf(input.datasetVersionId);
      await showLabels(database, actor, id, [...new Set(input.splits)]);
      return { id };
    },
  }),
}));
