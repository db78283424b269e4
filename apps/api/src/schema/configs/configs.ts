import type { CreatedConfig, ModelKind } from '@samplewise/database';
import { createModelConfig, createRestorationConfig } from '../../configs/create-config.ts';
import type { Context } from '../../context.ts';
import { builder, found, rowNumber } from '../builder.ts';

const ModelKindEnum = builder.enumType('ModelKind', {
  description: 'How a model gives predictions.',
  values: {
    ONNX_CLASSIFIER: { description: 'One ONNX network from an image to the scores of the classes.' },
    CLIP_ZERO_SHOT: { description: 'The similarity of an image to texts that describe the classes.' },
    VLM_PROMPT: { description: 'A language model that sees the image and is asked for its class.' },
    EXTERNAL: { description: 'Runs elsewhere; clients log its predictions.' },
  } satisfies Record<ModelKind, object>,
});

export const ModelConfigRef = builder.prismaNode('ModelConfig', {
  description: 'Immutable, versioned description of how to get predictions from images.',
  id: { resolve: ({ id }) => String(id), description: 'Such as ModelConfig_1.' },
  findUnique: (id) => ({ id: BigInt(id) }),
  nullable: true,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name for people.' }),
    version: t.exposeInt('version', { description: 'Counts the configs of this name from 1.' }),
    kind: t.expose('kind', { type: ModelKindEnum, description: 'How it gives predictions.' }),
    digest: t.exposeString('digest', { description: 'SHA-256 of the canonical spec.' }),
    spec: t.expose('spec', { type: 'JSON', description: 'Weights, labels, input and output.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was registered.' }),
    project: t.relation('project', { description: 'Where it belongs.' }),
  }),
});

export const RestorationConfigRef = builder.prismaNode('RestorationConfig', {
  description: "Immutable, versioned list of restoration steps; the empty list is 'none'.",
  id: { resolve: ({ id }) => String(id), description: 'Such as RestorationConfig_1.' },
  findUnique: (id) => ({ id: BigInt(id) }),
  nullable: true,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name for people.' }),
    version: t.exposeInt('version', { description: 'Counts the configs of this name from 1.' }),
    digest: t.exposeString('digest', { description: 'SHA-256 of the canonical steps.' }),
    steps: t.expose('steps', { type: 'JSON', description: 'In the order in which they are applied.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was registered.' }),
    project: t.relation('project', { description: 'Where it belongs.' }),
  }),
});

const CreateModelConfigInput = builder.inputType('CreateModelConfigInput', {
  description: 'A model to be registered; its weights have been uploaded before.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'Such as Project_1.' }),
    name: t.string({ required: true, description: 'A name that is there already gets a new version.' }),
    spec: t.field({ type: 'JSON', required: true, description: 'See docs/models.md.' }),
  }),
});

const CreateRestorationConfigInput = builder.inputType('CreateRestorationConfigInput', {
  description: 'A restoration to be registered; its weights have been uploaded before.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'Such as Project_1.' }),
    name: t.string({ required: true, description: 'A name that is there already gets a new version.' }),
    steps: t.field({ type: 'JSON', required: true, description: "A list of steps; empty: 'none'." }),
  }),
});

const CREATED = 'False when the very same config was there already under this name, which is given then.';

const CreateModelConfigPayload = builder.objectRef<CreatedConfig>('CreateModelConfigPayload').implement({
  description: 'The model config.',
  fields: (t) => ({
    created: t.exposeBoolean('created', { description: CREATED }),
    modelConfig: t.prismaField({
      type: 'ModelConfig',
      description: 'The config.',
      resolve: (query, { id }, _args, { database }) =>
        database.prisma.modelConfig.findUniqueOrThrow({ ...query, where: { id } }),
    }),
  }),
});

const CreateRestorationConfigPayload = builder.objectRef<CreatedConfig>('CreateRestorationConfigPayload').implement({
  description: 'The restoration config.',
  fields: (t) => ({
    created: t.exposeBoolean('created', { description: CREATED }),
    restorationConfig: t.prismaField({
      type: 'RestorationConfig',
      description: 'The config.',
      resolve: (query, { id }, _args, { database }) =>
        database.prisma.restorationConfig.findUniqueOrThrow({ ...query, where: { id } }),
    }),
  }),
});

async function existingProject({ database }: Context, globalId: string): Promise<bigint> {
  const id = rowNumber(globalId, 'Project', 'input.projectId');
  found(await database.prisma.project.findUnique({ where: { id } }), 'project', 'input.projectId', globalId);
  return id;
}

builder.mutationFields((t) => ({
  createModelConfig: t.field({
    type: CreateModelConfigPayload,
    description: 'Registers a model.',
    errors: {},
    args: { input: t.arg({ type: CreateModelConfigInput, required: true, description: 'What to register.' }) },
    resolve: async (_root, { input }, context) =>
      createModelConfig(
        context.database.prisma,
        context.storage,
        await existingProject(context, input.projectId),
        input.name,
        input.spec,
      ),
  }),
  createRestorationConfig: t.field({
    type: CreateRestorationConfigPayload,
    description: 'Registers a restoration.',
    errors: {},
    args: { input: t.arg({ type: CreateRestorationConfigInput, required: true, description: 'What to register.' }) },
    resolve: async (_root, { input }, context) =>
      createRestorationConfig(
        context.database.prisma,
        context.storage,
        await existingProject(context, input.projectId),
        input.name,
        input.steps,
      ),
  }),
}));
