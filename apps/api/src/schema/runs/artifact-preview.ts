import { previewOf, type ArtifactPreview } from '../../artifacts/preview.ts';
import { builder } from '../builder.ts';
import { BlobRef } from '../shared/blob.ts';
import './artifacts.ts';

type Kind<K extends ArtifactPreview['kind']> = Extract<ArtifactPreview, { kind: K }>;

const TextPreviewRef = builder.objectRef<Kind<'text'>>('TextPreview').implement({
  description: 'The beginning of a text.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'At most 64 kB and 1,000 lines.' }),
    complete: t.exposeBoolean('complete', { description: 'Whether this is all.' }),
  }),
});

const JsonPreviewRef = builder.objectRef<Kind<'json'>>('JsonPreview').implement({
  description: 'A JSON, set in order.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'At most 64 kB and 1,000 lines.' }),
    complete: t.exposeBoolean('complete', { description: 'Whether this is all.' }),
  }),
});

const TablePreviewRef = builder.objectRef<Kind<'table'>>('TablePreview').implement({
  description: 'The first rows of a CSV.',
  fields: (t) => ({
    columns: t.exposeStringList('columns', { description: 'The first line; at most 100.' }),
    rows: t.field({
      type: t.listRef(t.listRef('String')),
      description: 'At most 50, as texts of at most 500 characters.',
      resolve: ({ rows }) => rows,
    }),
    complete: t.exposeBoolean('complete', { description: 'Whether these are all rows.' }),
  }),
});

const ImagePreviewRef = builder.objectRef<Kind<'image'>>('ImagePreview').implement({
  description: 'A picture.',
  fields: (t) => ({
    width: t.exposeInt('width', { description: 'Pixels, as its head says.' }),
    height: t.exposeInt('height', { description: 'Pixels, as its head says.' }),
    image: t.field({ type: BlobRef, description: 'The picture itself.', resolve: ({ digest }) => ({ digest }) }),
  }),
});

const BinaryPreviewRef = builder.objectRef<Kind<'binary'>>('BinaryPreview').implement({
  description: 'The beginning of a file that is no text.',
  fields: (t) => ({
    format: t.exposeString('format', { nullable: true, description: 'Such as `ONNX model`, by its name.' }),
    hex: t.exposeString('hex', { description: 'At most 256 bytes in hexadecimal.' }),
  }),
});

const TYPES = {
  text: TextPreviewRef,
  json: JsonPreviewRef,
  table: TablePreviewRef,
  image: ImagePreviewRef,
  binary: BinaryPreviewRef,
} as const;

const ArtifactPreviewRef = builder.unionType('ArtifactPreview', {
  description: 'What can be shown of a file without opening it.',
  types: Object.values(TYPES),
  resolveType: (preview) => TYPES[preview.kind],
});

builder.prismaObjectField('Artifact', 'preview', (t) =>
  t.field({
    type: ArtifactPreviewRef,
    nullable: true,
    description: 'What can be shown of it; none where its bytes are lost.',
    complexity: 50,
    select: { path: true, digest: true, size: true, mediaType: true },
    resolve: async (artifact, _args, { storage }) => (await previewOf(storage, artifact)) ?? null,
  }),
);
