import { deleteProject, restoreProject, updateProject } from '../../projects/change-project.ts';
import { createProject, teamOfNewProject } from '../../projects/create-project.ts';
import { builder, rowNumber } from '../builder.ts';
import { withoutNulls } from '../shared/inputs.ts';
import { VisibilityEnum } from './project.ts';

const CreateProjectInput = builder.inputType('CreateProjectInput', {
  description: 'A project to be made.',
  fields: (t) => ({
    team: t.string({ description: "The team's slug; unless given the only team in which you work, or `local`." }),
    name: t.string({ required: true, description: 'Its address is made of it.' }),
    description: t.string({ description: 'What it is about.' }),
  }),
});

const UpdateProjectInput = builder.inputType('UpdateProjectInput', {
  description: 'What people say of a project. What is left out stays.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'Such as Project_1.' }),
    expectedRevision: t.int({
      description: 'Refused when the project has another one: somebody has changed it since.',
    }),
    name: t.string({ description: 'For people; its address stays.' }),
    description: t.string({ description: 'What it is about.' }),
    visibility: t.field({ type: VisibilityEnum, description: 'Who may see it.' }),
  }),
});

const projectInput = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({ projectId: t.id({ required: true, description: 'Such as Project_1.' }) }),
  });
const DeleteProjectInput = projectInput('DeleteProjectInput', 'A project to be put into the bin.');
const RestoreProjectInput = projectInput('RestoreProjectInput', 'A project to be taken out of the bin.');

const projectPayload = (name: string, description: string) =>
  builder.objectRef<{ projectId: bigint }>(name).implement({
    description,
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
    type: projectPayload('CreateProjectPayload', 'The project that was made.'),
    description: 'Makes a project.',
    errors: {},
    access: {
      action: 'write',
      of: ({ input }, { database, actor }) => teamOfNewProject(database.prisma, actor, input.team ?? undefined),
    },
    args: { input: t.arg({ type: CreateProjectInput, required: true, description: 'What to make.' }) },
    resolve: async (_root, { input }, { database, actor }) => ({
      projectId: (await createProject(database.prisma, actor, withoutNulls(input))).id,
    }),
  }),
  updateProject: t.field({
    type: projectPayload('UpdateProjectPayload', 'The project as it is now.'),
    description: 'Renames or describes a project, or changes who may see it. For admins.',
    errors: {},
    access: 'manage',
    args: { input: t.arg({ type: UpdateProjectInput, required: true, description: 'What to change.' }) },
    resolve: async (_root, { input: { projectId, expectedRevision, ...input } }, { database, actor }) => {
      const id = rowNumber(projectId, 'Project', 'input.projectId');
      await updateProject(database, actor, id, withoutNulls(input), expectedRevision ?? undefined);
      return { projectId: id };
    },
  }),
  deleteProject: t.field({
    type: projectPayload('DeleteProjectPayload', 'The project, which is in the bin now.'),
    description:
      'Puts a project with all that is in it into the bin, out of which restoreProject takes it; after 30 days it is gone for good. For admins.',
    errors: {},
    access: 'manage',
    args: { input: t.arg({ type: DeleteProjectInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, { database, actor }) => {
      const projectId = rowNumber(input.projectId, 'Project', 'input.projectId');
      await deleteProject(database, actor, projectId);
      return { projectId };
    },
  }),
  restoreProject: t.field({
    type: projectPayload('RestoreProjectPayload', 'The project, which is back.'),
    description: 'Takes a project out of the bin. For admins.',
    errors: {},
    access: { action: 'manage', bin: true },
    args: { input: t.arg({ type: RestoreProjectInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, { database, actor }) => {
      const projectId = rowNumber(input.projectId, 'Project', 'input.projectId');
      await restoreProject(database, actor, projectId);
      return { projectId };
    },
  }),
}));
