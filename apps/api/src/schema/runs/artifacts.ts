import { resolveCursorConnection } from '@pothos/plugin-relay';
import { artifactPath, InvalidInput, parseInput, problem } from '@samplewise/domain';
import path from 'node:path';
import { folderOf, listArtifacts, type ArtifactEntry } from '../../artifacts/list-artifacts.ts';
import { builder, PAGE_LIMIT } from '../builder.ts';
import { BlobRef } from '../shared/blob.ts';
import './run.ts';

builder.prismaNode('Artifact', {
  description: 'A file of a run, in one of its versions.',
  id: { resolve: ({ id }) => String(id), description: 'Such as Artifact_1.' },
  findUnique: (id) => ({ id: BigInt(id), deletedAt: null, run: { deletedAt: null } }),
  nullable: true,
  fields: (t) => ({
    run: t.relation('run', { description: 'The run that it belongs to.' }),
    path: t.exposeString('path', { description: 'Such as `checkpoints/epoch-3/model.onnx`.' }),
    version: t.exposeInt('version', { description: 'Counts how often the path was logged, from 1 on.' }),
    latest: t.exposeBoolean('latest', { description: 'Whether it is the latest version.' }),
    name: t.string({
      description: 'Its name for people; the last part of the path unless given.',
      select: { name: true, path: true },
      resolve: ({ name, path: at }) => name ?? path.posix.basename(at),
    }),
    type: t.exposeString('type', { nullable: true, description: 'What it is to people, such as `model`.' }),
    metadata: t.expose('metadata', { type: 'JSON', nullable: true, description: 'Whatever its client says of it.' }),
    size: t.expose('size', { type: 'BigInt', description: 'Bytes.' }),
    mediaType: t.exposeString('mediaType', { description: 'Such as text/csv; by its name unless given.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was logged.' }),
    blob: t.field({
      type: BlobRef,
      description: 'Its bytes.',
      select: { digest: true },
      resolve: ({ digest }) => ({ digest }),
    }),
    url: t.string({
      description: "Path on the API's address, with ranges.",
      select: { runId: true, path: true, version: true, latest: true },
      resolve: ({ runId, path: at, version, latest }) =>
        `/runs/Run_${runId}/artifacts/${at.split('/').map(encodeURIComponent).join('/')}${latest ? '' : `?version=${version}`}`,
    }),
  }),
});

const ArtifactEntryRef = builder.objectRef<ArtifactEntry>('ArtifactEntry').implement({
  description: 'A file or a folder of a run.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name in the folder.' }),
    path: t.exposeString('path', { description: 'Of a folder: to be given as `prefix`.' }),
    isFolder: t.exposeBoolean('isFolder', { description: 'Whether it is a folder.' }),
    fileCount: t.int({
      description: 'Files below a folder, however deep; 1 of a file.',
      resolve: ({ files }) => files,
    }),
    size: t.expose('size', { type: 'BigInt', description: 'Bytes of all of them.' }),
    artifact: t.prismaField({
      type: 'Artifact',
      nullable: true,
      description: 'The latest version of a file; none of a folder.',
      resolve: (query, { id }, _args, { database }) =>
        // Prisma joins the look-ups of one tick into one statement.
        id === null ? null : database.prisma.artifact.findUnique({ ...query, where: { id } }),
    }),
  }),
});

const ArtifactEntryConnection = builder.connectionObject(
  { type: ArtifactEntryRef, name: 'ArtifactEntryConnection', description: 'A page of files and folders by name.' },
  { name: 'ArtifactEntryEdge', description: 'A file or folder and its cursor.' },
);

builder.prismaObjectFields('Run', (t) => ({
  artifacts: t.connection(
    {
      type: ArtifactEntryRef,
      description: 'Its files and folders, by name.',
      args: {
        prefix: t.arg.string({ description: 'A folder, such as `checkpoints`; that of all unless given.' }),
        recursive: t.arg.boolean({ description: 'Files however deep instead of folders.' }),
      },
      complexity: ({ first, last }) => ({ field: 10, multiplier: first ?? last ?? 50 }),
      select: { id: true },
      resolve: ({ id }, { prefix, recursive, ...args }, { database }) => {
        const listing = { runId: id, prefix: folderOf(prefix, 'prefix'), recursive: recursive ?? false };
        return resolveCursorConnection<Promise<ArtifactEntry[]>>(
          { args, maxSize: PAGE_LIMIT, defaultSize: 50, toCursor: ({ name }) => cursorOf(name) },
          ({ before, after, limit, inverted }) =>
            listArtifacts(database, listing, {
              before: nameOf(before, 'before'),
              after: nameOf(after, 'after'),
              limit,
              inverted,
            }),
        );
      },
    },
    ArtifactEntryConnection,
  ),
  artifact: t.prismaField({
    type: 'Artifact',
    nullable: true,
    description: 'One of its files.',
    args: {
      path: t.arg.string({ required: true, description: 'Such as `checkpoints/model.onnx`.' }),
      version: t.arg.int({ description: 'The latest unless given.' }),
    },
    resolve: (query, { id }, { path: at, version }, { database }) =>
      database.prisma.artifact.findFirst({
        ...query,
        where: {
          runId: id,
          path: parseInput(artifactPath, at, 'path'),
          ...(version == null ? { latest: true } : { version, deletedAt: null }),
        },
      }),
  }),
  artifactVersions: t.relatedConnection('artifacts', {
    cursor: 'id',
    description: 'All versions of a file, the newest first.',
    args: { path: t.arg.string({ required: true, description: 'Such as `checkpoints/model.onnx`.' }) },
    query: ({ path: at }) => ({
      where: { path: parseInput(artifactPath, at, 'path'), deletedAt: null },
      orderBy: { version: 'desc' },
    }),
  }),
}));

/** A name may have any letters; a cursor travels through addresses. */
const cursorOf = (name: string): string => Buffer.from(name).toString('base64url');

function nameOf(cursor: string | undefined, place: string): string | undefined {
  if (cursor === undefined) return undefined;
  const name = Buffer.from(cursor, 'base64url').toString();
  if (cursorOf(name) === cursor && !name.includes('\0')) return name;
  throw new InvalidInput(problem('INVALID_VALUE', 'This is not a cursor of this list.', { place, value: cursor }));
}
