import { deleteArtifacts, restoreArtifacts } from '../../artifacts/delete-artifacts.ts';
import { logArtifacts } from '../../artifacts/log-artifacts.ts';
import { builder, rowNumber } from '../builder.ts';
import { withoutNulls } from '../shared/inputs.ts';
import './artifacts.ts';
import { runPayload } from './payload.ts';

const NewArtifactInput = builder.inputType('NewArtifactInput', {
  description: 'An uploaded blob that becomes a file of a run.',
  fields: (t) => ({
    path: t.string({ required: true, description: 'Such as `checkpoints/epoch-3/model.onnx`.' }),
    digest: t.string({ required: true, description: 'SHA-256 of the uploaded bytes.' }),
    mediaType: t.string({ description: 'By the name unless given.' }),
    name: t.string({ description: 'For people.' }),
    type: t.string({ description: 'What it is to people, such as `model`.' }),
    metadata: t.field({ type: 'JSON', description: 'An object.' }),
  }),
});

const LogArtifactsInput = builder.inputType('LogArtifactsInput', {
  description: 'Files to be logged.',
  fields: (t) => ({
    runId: t.id({ required: true, description: 'Such as Run_1.' }),
    batchId: t.string({ required: true, description: 'Such as a UUID; the same batch sent again changes nothing.' }),
    artifacts: t.field({ type: [NewArtifactInput], required: true, description: 'Up to 1,000.' }),
  }),
});

const LogArtifactsPayload = builder
  .objectRef<{ runId: bigint; paths: string[]; repeated: boolean }>('LogArtifactsPayload')
  .implement({
    description: 'What is stored now.',
    fields: (t) => ({
      artifacts: t.prismaField({
        type: ['Artifact'],
        description: 'The latest version of each path, by path.',
        resolve: (query, { runId, paths }, _args, { database }) =>
          database.prisma.artifact.findMany({
            ...query,
            where: { runId, path: { in: paths }, latest: true },
            orderBy: { path: 'asc' },
          }),
      }),
      repeated: t.exposeBoolean('repeated', { description: 'Whether this batch was there already.' }),
    }),
  });

const pathsInput = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({
      runId: t.id({ required: true, description: 'Such as Run_1.' }),
      paths: t.stringList({ required: true, description: 'Up to 1,000 files.' }),
    }),
  });
const DeleteArtifactsInput = pathsInput('DeleteArtifactsInput', 'Files to be put into the bin.');
const RestoreArtifactsInput = pathsInput('RestoreArtifactsInput', 'Files to be taken out of the bin.');

builder.mutationFields((t) => ({
  logArtifacts: t.field({
    type: LogArtifactsPayload,
    description:
      'Makes uploaded blobs files of a run, all or none. A path that is there already gets a new version. See POST /uploads and /uploads/resumable.',
    errors: {},
    args: { input: t.arg({ type: LogArtifactsInput, required: true, description: 'What to log.' }) },
    resolve: (_root, { input: { runId, batchId, artifacts } }, context) =>
      logArtifacts(context, rowNumber(runId, 'Run', 'input.runId'), batchId, artifacts.map(withoutNulls)),
  }),
  deleteArtifacts: t.field({
    type: runPayload('DeleteArtifactsPayload', 'The run whose files were deleted.'),
    description: 'Puts files into the bin with all their versions, all or none. After 30 days they are gone.',
    errors: {},
    args: { input: t.arg({ type: DeleteArtifactsInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input: { runId, paths } }, context) => {
      const id = rowNumber(runId, 'Run', 'input.runId');
      await deleteArtifacts(context, id, paths);
      return { id };
    },
  }),
  restoreArtifacts: t.field({
    type: runPayload('RestoreArtifactsPayload', 'The run whose files were restored.'),
    description: 'Takes files out of the bin with all their versions, all or none.',
    errors: {},
    args: { input: t.arg({ type: RestoreArtifactsInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input: { runId, paths } }, context) => {
      const id = rowNumber(runId, 'Run', 'input.runId');
      await restoreArtifacts(context, id, paths);
      return { id };
    },
  }),
}));
