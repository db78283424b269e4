import { digest as digestSchema, modelSpec, parseInput } from '@samplewise/domain';
import type { GraphPorts, Port } from '@samplewise/onnx';
import { filesOf, inspectFile, readHeader, type InspectedFile, type ModelFile } from '../../configs/model-files.ts';
import { builder } from '../builder.ts';
import { BlobRef } from '../shared/blob.ts';
import { ProblemRef } from '../shared/errors.ts';
import './configs.ts';

/** A graph may have thousands: those of one with a cache of keys and values. */
const PORT_LIMIT = 200;

const PortRef = builder.objectRef<Port>('OnnxPort').implement({
  description: 'An input or output of a graph.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name.' }),
    type: t.string({
      nullable: true,
      description: 'As onnxruntime calls it, such as float32; none for what is no tensor.',
      resolve: ({ type }) => type,
    }),
    shape: t.stringList({
      nullable: true,
      description: 'A number, or a name where the graph leaves the size open; none where it does not tell.',
      resolve: ({ shape }) => shape?.map(String),
    }),
  }),
});

const GraphRef = builder.objectRef<GraphPorts>('OnnxGraph').implement({
  description: 'What an ONNX file says of itself.',
  fields: (t) => ({
    inputs: t.field({
      type: [PortRef],
      description: `What it takes, at most ${PORT_LIMIT}.`,
      resolve: ({ inputs }) => inputs.slice(0, PORT_LIMIT),
    }),
    outputs: t.field({
      type: [PortRef],
      description: `What it gives, at most ${PORT_LIMIT}.`,
      resolve: ({ outputs }) => outputs.slice(0, PORT_LIMIT),
    }),
    externalFiles: t.stringList({
      description: 'Other files that hold weights of it.',
      resolve: ({ externalFiles }) => externalFiles.slice(0, PORT_LIMIT),
    }),
  }),
});

const ModelFileRef = builder.objectRef<ModelFile>('ModelFile').implement({
  description: 'A file that a model config names.',
  fields: (t) => ({
    place: t.exposeString('place', { description: 'In the spec, such as `weights`.' }),
    path: t.exposeString('path', { nullable: true, description: 'In the folder, where the model is one.' }),
    blob: t.field({ type: BlobRef, description: 'Its bytes.', resolve: ({ digest }) => ({ digest }) }),
    graph: t.field({
      type: GraphRef,
      nullable: true,
      description: 'Read from the file; none where it is no ONNX file.',
      complexity: 20,
      resolve: async (file, _args, { storage }) => {
        if (file.path?.endsWith('.onnx') === false) return null;
        return (await readHeader(storage, file.digest, file.place)).graph;
      },
    }),
  }),
});

builder.prismaObjectField('ModelConfig', 'files', (t) =>
  t.field({
    type: [ModelFileRef],
    description: 'The files that it names.',
    select: { spec: true },
    resolve: ({ spec }) => filesOf(modelSpec.parse(spec)),
  }),
);

const InspectedRef = builder.objectRef<InspectedFile>('InspectedModelFile').implement({
  description: 'What an uploaded file says of itself, for somebody who is about to register it.',
  fields: (t) => ({
    digest: t.exposeString('digest', { description: 'SHA-256 of the file.' }),
    graph: t.field({
      type: GraphRef,
      nullable: true,
      description: 'None where it is no whole ONNX file.',
      resolve: ({ graph }) => graph,
    }),
    problem: t.field({
      type: ProblemRef,
      nullable: true,
      description: 'Why there is no graph.',
      resolve: ({ problem }) => problem,
    }),
    input: t.field({
      type: 'JSON',
      nullable: true,
      description:
        'What of the field `input` of an onnx-classifier can be read off the file: name, layout, colour, width, height.',
      resolve: ({ suggestion }) => suggestion?.input,
    }),
    output: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The same of `output`: name and activation.',
      resolve: ({ suggestion }) => suggestion?.output,
    }),
    classes: t.int({
      nullable: true,
      description: 'Numbers that the output has for one picture; none where the file does not tell.',
      resolve: ({ suggestion }) => suggestion?.classes,
    }),
  }),
});

builder.prismaObjectField('Project', 'inspectModelFile', (t) =>
  t.field({
    type: InspectedRef,
    nullable: true,
    description: 'Looks into a file that was uploaded, before it is registered; none where nothing has this digest.',
    access: 'write',
    complexity: 20,
    args: { digest: t.arg.string({ required: true, description: 'As the upload answered.' }) },
    resolve: async (_project, { digest }, { database, storage }) => {
      const parsed = parseInput(digestSchema, digest, 'digest');
      const row = await database.prisma.blob.findUnique({ where: { digest: parsed } });
      return row && inspectFile(storage, parsed);
    },
  }),
);
