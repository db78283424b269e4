import { digest as digestSchema, parseInput, PRESETS, type Preset, type PresetFile } from '@samplewise/domain';
import { builder } from '../builder.ts';
import { withoutNulls } from '../shared/inputs.ts';

const PresetKindEnum = builder.enumType('PresetKind', {
  description: 'What a preset makes.',
  values: {
    MODEL: { value: 'model', description: 'A model config.' },
    RESTORATION: { value: 'restoration', description: 'A restoration config.' },
  } as const satisfies Record<string, { value: Preset['kind']; description: string }>,
});

const PresetFileRef = builder.objectRef<PresetFile>('PresetFile').implement({
  description: 'A file that a preset needs.',
  fields: (t) => ({
    place: t.exposeString('place', {
      description: 'Where in the spec it belongs, such as `weights`; in a folder its path.',
    }),
    url: t.exposeString('url', { nullable: true, description: 'Public address; none where it is yours.' }),
    sha256: t.exposeString('sha256', { nullable: true, description: 'As published; none where nobody publishes it.' }),
  }),
});

export const PresetFileInput = builder.inputType('PresetFileInput', {
  description: 'A file of a preset that was uploaded.',
  fields: (t) => ({
    place: t.string({ required: true, description: 'As the preset names it.' }),
    digest: t.string({ required: true, description: 'As the upload answered.' }),
  }),
});

const PresetRef = builder.objectRef<Preset>('Preset').implement({
  description: 'A ready-made description of a model or restoration.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name.' }),
    kind: t.expose('kind', { type: PresetKindEnum, description: 'What it makes.' }),
    about: t.exposeString('about', { description: 'One line.' }),
    source: t.exposeString('source', { description: 'Address at which its preprocessing is documented.' }),
    licence: t.exposeString('licence', { description: 'Of the weights.' }),
    folder: t.exposeBoolean('folder', { description: 'It is a folder of files, some of which only the graphs name.' }),
    files: t.field({ type: [PresetFileRef], description: 'What it needs.', resolve: ({ files }) => [...files] }),
    spec: t.field({
      type: 'JSON',
      description:
        'What createModelConfig takes as `spec`, or createRestorationConfig as `steps`. It is not checked here.',
      args: {
        labels: t.arg.stringList({
          required: true,
          description: "In the order of the model's outputs; none for restorations.",
        }),
        files: t.arg({ type: [PresetFileInput], required: true, description: 'Uploaded before.' }),
        endpoint: t.arg.string({ description: 'Of the server that runs the model.' }),
        model: t.arg.string({ description: 'As the server calls it.' }),
        apiKeyVariable: t.arg.string({ description: "Variable of the executor that holds the server's key." }),
      },
      resolve: (preset, { labels, files, ...server }) =>
        preset.build(
          { labels, ...withoutNulls(server) },
          new Map(files.map(({ place, digest }, i) => [place, parseInput(digestSchema, digest, `files.${i}.digest`)])),
        ),
    }),
  }),
});

builder.queryField('presets', (t) =>
  t.field({
    type: [PresetRef],
    description: 'Ready-made models and restorations, see docs/models.md.',
    access: 'narrowed',
    args: {
      kind: t.arg({ type: PresetKindEnum, description: 'Only these.' }),
      name: t.arg.string({ description: 'Only this one.' }),
    },
    resolve: (_root, { kind, name }) =>
      PRESETS.filter((preset) => (kind == null || preset.kind === kind) && (name == null || preset.name === name)),
  }),
);
