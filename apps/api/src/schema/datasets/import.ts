import { DATASET_FORMATS, type DatasetFormat, type Problem } from '@samplewise/domain';
import type { ImportStatus } from '@samplewise/database';
import { hiddenSplits } from '../../auth/labels/hidden-splits.ts';
import { requestImport } from '../../datasets/request-import.ts';
import { builder, found, rowNumber } from '../builder.ts';
import { SplitEnum } from './dataset.ts';
import { ProblemRef } from '../shared/errors.ts';
import { withoutNulls } from '../shared/inputs.ts';

const ImportStatusEnum = builder.enumType('ImportStatus', {
  description: 'How far an import is.',
  values: {
    QUEUED: { description: 'It waits for an executor.' },
    RUNNING: { description: 'The file is being read.' },
    FINISHED: { description: 'There is a dataset version.' },
    FAILED: { description: 'Something is wrong with the file; nothing was made of it.' },
  } satisfies Record<ImportStatus, object>,
});

const toGraphQL = (format: DatasetFormat): string => format.toUpperCase().replace('-', '_');

const FORMATS: Record<DatasetFormat, string> = {
  'fer-csv': 'fer2013.csv or icml_face_data.csv.',
  'image-folder': 'An archive of class/image or split/class/image.',
  'image-manifest': 'An archive with images and a CSV of file, label and optionally split.',
};

const DatasetFormatEnum = builder.enumType('DatasetFormat', {
  description: 'Published forms of labelled images.',
  values: Object.fromEntries(
    DATASET_FORMATS.map((format) => [toGraphQL(format), { value: format, description: FORMATS[format] }]),
  ),
});

builder.prismaNode('DatasetImport', {
  description: 'The reading of one uploaded file into a dataset version. It is all or nothing.',
  id: { resolve: ({ id }) => String(id), description: 'Such as DatasetImport_1.' },
  findUnique: (id) => ({ id: BigInt(id) }),
  nullable: true,
  fields: (t) => ({
    datasetName: t.exposeString('datasetName', { description: 'The dataset; made if there is none of this name.' }),
    versionName: t.exposeString('versionName', { description: 'The name of the new version.' }),
    fileName: t.exposeString('fileName', { description: 'As it was called where it came from.' }),
    format: t.field({
      type: DatasetFormatEnum,
      description: 'How it is read.',
      select: { format: true },
      resolve: ({ format }) => format as DatasetFormat,
    }),
    status: t.expose('status', { type: ImportStatusEnum, description: 'How far it is.' }),
    samplesDone: t.exposeInt('samplesDone', { description: 'Samples read so far.' }),
    samplesTotal: t.exposeInt('samplesTotal', { nullable: true, description: 'All samples, where that is known.' }),
    hiddenSplits: t.expose('hiddenSplits', {
      type: [SplitEnum],
      description: 'Of the version that is made, those whose labels are hidden.',
    }),
    problemCount: t.int({
      description: 'How many things are wrong with the file; 0 is told where labels are hidden.',
      labels: 'narrowed',
      select: { id: true, problemCount: true },
      resolve: async ({ id, problemCount }, _args, context) =>
        (await hiddenSplits(context, 'DatasetImport', id)).length > 0 ? 0 : problemCount,
    }),
    problems: t.field({
      type: [ProblemRef],
      description: 'The first of them, with row and column or file name; none where labels are hidden.',
      labels: 'sealed',
      select: { id: true, problems: true },
      resolve: ({ problems }) => problems as unknown as Problem[],
    }),
    datasetVersion: t.relation('datasetVersion', { nullable: true, description: 'What came of it.' }),
    alreadyExisted: t.exposeBoolean('alreadyExisted', {
      description: 'The dataset had a version of the same content, which is given instead of a new one.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    project: t.relation('project', { description: 'Where the dataset belongs.' }),
  }),
});

const ImportDatasetInput = builder.inputType('ImportDatasetInput', {
  description: 'A file, uploaded to POST /uploads before, to be read into a dataset version.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'Such as Project_1.' }),
    dataset: t.string({ required: true, description: 'Name of the dataset; made if there is none.' }),
    version: t.string({ required: true, description: 'Name of the version, unique within the dataset.' }),
    format: t.field({ type: DatasetFormatEnum, required: true, description: 'How to read the file.' }),
    fileName: t.string({ required: true, description: 'For people.' }),
    uploadDigest: t.string({ required: true, description: 'As the upload answered.' }),
    hiddenSplits: t.field({
      type: [SplitEnum],
      description:
        'Splits whose labels are hidden from all but admins and owners of the team, which is for these to say. Their samples come last, in an order that tells nothing.',
    }),
  }),
});

const ImportDatasetPayload = builder.objectRef<{ importId: bigint }>('ImportDatasetPayload').implement({
  description: 'The import that was queued.',
  fields: (t) => ({
    datasetImport: t.prismaField({
      type: 'DatasetImport',
      description: 'The import.',
      resolve: (query, { importId }, _args, { database }) =>
        database.prisma.datasetImport.findUniqueOrThrow({ ...query, where: { id: importId } }),
    }),
  }),
});

builder.mutationFields((t) => ({
  importDataset: t.field({
    type: ImportDatasetPayload,
    description: 'Queues the reading of an uploaded file. Follow it by the subscription importChanged.',
    access: {
      action: ({ input }) => (input.hiddenSplits && input.hiddenSplits.length > 0 ? 'manage' : 'write'),
    },
    errors: {},
    args: { input: t.arg({ type: ImportDatasetInput, required: true, description: 'What to read.' }) },
    resolve: async (_root, { input }, context) => {
      const id = rowNumber(input.projectId, 'Project', 'input.projectId');
      const project = await context.database.prisma.project.findUnique({ where: { id } });
      found(project, 'project', 'input.projectId', input.projectId);
      return { importId: (await requestImport(context, id, withoutNulls(input))).id };
    },
  }),
}));
