import { createProject } from '../../projects/create-project.ts';
import { builder } from '../builder.ts';
import { withoutNulls } from '../shared/inputs.ts';

const CreateProjectInput = builder.inputType('CreateProjectInput', {
  description: 'A project to be made.',
  fields: (t) => ({
    team: t.string({ description: "The team's slug; `local` unless given." }),
    name: t.string({ required: true, description: 'Its address is made of it.' }),
    description: t.string({ description: 'What it is about.' }),
  }),
});

const CreateProjectPayload = builder.objectRef<{ projectId: bigint }>('CreateProjectPayload').implement({
  description: 'The project that was made.',
  fields: (t) => ({
    project: t.prismaField({
      type: 'Project',
      description: 'The project.',
      resolve: (query, { projectId }, _args, { database }) =>
        database.prisma.project.findUniqueOrThrow({ ...query, where: { id: projectId } }),
    }),
  }),
});

builder.mutationFields((t) => ({
  createProject: t.field({
    type: CreateProjectPayload,
    description: 'Makes a project.',
    errors: {},
    args: { input: t.arg({ type: CreateProjectInput, required: true, description: 'What to make.' }) },
    resolve: async (_root, { input }, { database }) => ({
      projectId: (await createProject(database.prisma, withoutNulls(input))).id,
    }),
  }),
}));
