import type { SPLITS } from '@samplewise/domain';
import { builder } from '../builder.ts';
import { stepsOfConfig } from '../configs/restoration-steps.ts';
import { BlobRef } from '../shared/blob.ts';
import { classBalance } from '../../datasets/class-balance.ts';
import { hiddenSplits } from '../../auth/labels/hidden-splits.ts';
import type { Context } from '../../context.ts';
import { restoredDigest } from '../../runs/restored-image.ts';

export const SplitEnum = builder.enumType('Split', {
  description: 'The part of a dataset version that a sample belongs to.',
  values: {
    TRAIN: { description: 'For training.' },
    VALIDATION: { description: 'For choosing between models.' },
    TEST: { description: 'For the final figures.' },
  } satisfies Record<(typeof SPLITS)[number], object>,
});

builder.prismaNode('Dataset', {
  description: 'A named set of labelled samples, in immutable versions.',
  id: { resolve: ({ id }) => String(id), description: 'Such as Dataset_1.' },
  findUnique: (id) => ({ id: BigInt(id) }),
  nullable: true,
  fields: (t) => ({
    slug: t.exposeString('slug', { description: 'Its name in addresses, unique within the project.' }),
    name: t.exposeString('name', { description: 'Its name for people.' }),
    description: t.exposeString('description', { description: 'What it holds and where it is from.' }),
    project: t.relation('project', { description: 'Where it belongs.' }),
    versions: t.relatedConnection('versions', {
      cursor: 'id',
      totalCount: true,
      description: 'Newest first.',
      query: { orderBy: { id: 'desc' } },
    }),
  }),
});

const ClassCount = builder
  .objectRef<{ label: string; split: (typeof SPLITS)[number]; count: number }>('ClassCount')
  .implement({
    description: 'How many samples of a split have a label.',
    fields: (t) => ({
      label: t.exposeString('label', { description: 'The class.' }),
      split: t.expose('split', { type: SplitEnum, description: 'The part.' }),
      count: t.exposeInt('count', { description: 'Samples.' }),
    }),
  });

builder.prismaNode('DatasetVersion', {
  description: 'An immutable set of samples, identified by the digest of its manifest.',
  id: { resolve: ({ id }) => String(id), description: 'Such as DatasetVersion_1.' },
  findUnique: (id) => ({ id: BigInt(id) }),
  nullable: true,
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'Counts the versions of the dataset from 1.' }),
    name: t.exposeString('name', { description: 'Its name for people.' }),
    digest: t.exposeString('digest', {
      description:
        'SHA-256 of the manifest: labels, and index, split, label and image of each sample; hidden labels by their commitment.',
    }),
    labels: t.exposeStringList('labels', { description: 'The classes, in the order of every table and matrix.' }),
    sampleCount: t.exposeInt('sampleCount', { description: 'All samples.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was imported.' }),
    dataset: t.relation('dataset', { description: 'What it is a version of.' }),
    classBalance: t.field({
      type: [ClassCount],
      description:
        'Samples by label and split, in the order of the labels; without the empty ones, and splits whose labels are hidden.',
      complexity: 20,
      labels: 'narrowed',
      select: { id: true, labels: true },
      resolve: async ({ id, labels }, _args, context) =>
        classBalance(context, { id, labels, hidden: await hiddenSplits(context, 'DatasetVersion', id) }),
    }),
    samples: t.relatedConnection('samples', {
      cursor: 'versionId_index',
      totalCount: true,
      description: 'In the order of their index.',
      labels: {
        asksBy: ({ label, split }, hidden) =>
          label != null && (split == null ? hidden.length > 0 : hidden.includes(split)),
      },
      args: {
        split: t.arg({ type: SplitEnum, description: 'Only this part.' }),
        label: t.arg.int({ description: 'Only this class, by its position in `labels`.' }),
      },
      query: ({ split, label }) => ({
        where: { ...(split == null ? {} : { split }), ...(label == null ? {} : { label }) },
        orderBy: { index: 'asc' },
      }),
    }),
  }),
});

/** Whether the label of a sample is hidden from who is asking. */
export const isHidden = async (context: Context, versionId: bigint, split: (typeof SPLITS)[number]): Promise<boolean> =>
  (await hiddenSplits(context, 'DatasetVersion', versionId)).includes(split);

export const SampleRef = builder.prismaNode('Sample', {
  description: 'One labelled image of a dataset version.',
  id: { resolve: ({ versionId, index }) => `${versionId}-${index}`, description: 'Such as Sample_1-417.' },
  findUnique: (id) => {
    const [version, index] = id.split('-');
    return { versionId_index: { versionId: BigInt(version!), index: Number(index) } };
  },
  nullable: true,
  fields: (t) => ({
    index: t.exposeInt('index', { description: "Position in the version's manifest, from 0." }),
    split: t.expose('split', { type: SplitEnum, description: 'The part that it belongs to.' }),
    label: t.string({
      nullable: true,
      description: 'The true class; none where it is hidden.',
      labels: 'narrowed',
      select: { versionId: true, split: true, label: true, version: { select: { labels: true } } },
      resolve: async ({ versionId, split, label, version }, _args, context) =>
        (await isHidden(context, versionId, split)) ? null : version.labels[label],
    }),
    source: t.string({
      nullable: true,
      description: 'File or row that it was imported from; none where its label is hidden, which names of files tell.',
      labels: 'narrowed',
      select: { versionId: true, split: true, source: true },
      resolve: async ({ versionId, split, source }, _args, context) =>
        (await isHidden(context, versionId, split)) ? null : source,
    }),
    image: t.field({
      type: BlobRef,
      description: 'The picture as imported.',
      select: { digest: true },
      resolve: ({ digest }) => ({ digest }),
    }),
    restored: t.field({
      type: BlobRef,
      nullable: true,
      description: "The picture after a restoration's steps, once a run has made it.",
      complexity: 5,
      args: { restorationConfigId: t.arg.id({ required: true, description: 'Such as RestorationConfig_2.' }) },
      select: { digest: true },
      resolve: async ({ digest }, { restorationConfigId }, context) => {
        const steps = await stepsOfConfig(context, restorationConfigId);
        const restored = await restoredDigest(context.database.prisma, digest, steps);
        return restored === undefined ? null : { digest: restored };
      },
    }),
  }),
});
