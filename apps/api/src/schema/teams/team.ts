import { permissions, visibleProjects, visibleTeams } from '../../auth/policy.ts';
import { createTeam, deleteTeam, updateTeam } from '../../teams/teams.ts';
import { builder, rowNumber } from '../builder.ts';
import '../projects/project.ts';
import { withoutNulls } from '../shared/inputs.ts';
import { PermissionEnum } from './enums.ts';

builder.prismaObjectFields('Team', (t) => ({
  viewerPermissions: t.field({
    type: [PermissionEnum],
    description: 'What the caller may do to the team.',
    select: { id: true },
    resolve: ({ id }, _args, { actor }) => permissions(actor, { kind: 'team', teamId: id, seenBy: 'read' }),
  }),
  projects: t.relatedConnection('projects', {
    cursor: 'id',
    description: 'Those that the caller may see, oldest first.',
    access: 'narrowed',
    query: (_args, { actor }) => ({ where: visibleProjects(actor), orderBy: { id: 'asc' } }),
  }),
  deletedProjects: t.relatedConnection('projects', {
    cursor: 'id',
    description: 'The bin: projects that restoreProject brings back, until 30 days after their deletion. For admins.',
    access: 'manage',
    query: { where: { deletedAt: { not: null } }, orderBy: { id: 'desc' } },
  }),
}));

builder.queryFields((t) => ({
  teams: t.prismaConnection({
    type: 'Team',
    cursor: 'id',
    description: 'The teams in which the caller is, or all where nobody signs in; oldest first.',
    access: 'narrowed',
    resolve: (query, _root, _args, { database, actor }) =>
      database.prisma.team.findMany({ ...query, where: visibleTeams(actor), orderBy: { id: 'asc' } }),
  }),
  team: t.prismaField({
    type: 'Team',
    nullable: true,
    description: 'One of these teams by its name in addresses.',
    args: { slug: t.arg.string({ required: true, description: "The team's slug." }) },
    access: 'narrowed',
    resolve: (query, _root, { slug }, { database, actor }) =>
      database.prisma.team.findFirst({ ...query, where: { AND: [{ slug }, visibleTeams(actor)] } }),
  }),
}));

const CreateTeamInput = builder.inputType('CreateTeamInput', {
  description: 'A team to be made.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'For people.' }),
    slug: t.string({ description: 'Its name in addresses; made of the name unless given.' }),
  }),
});

const UpdateTeamInput = builder.inputType('UpdateTeamInput', {
  description: 'What people call a team.',
  fields: (t) => ({
    teamId: t.id({ required: true, description: 'Such as Team_1.' }),
    name: t.string({ required: true, description: 'For people; its address stays.' }),
  }),
});

const DeleteTeamInput = builder.inputType('DeleteTeamInput', {
  description: 'A team to be deleted.',
  fields: (t) => ({ teamId: t.id({ required: true, description: 'Such as Team_1.' }) }),
});

const teamPayload = (name: string, description: string) =>
  builder.objectRef<{ id: bigint }>(name).implement({
    description,
    fields: (t) => ({
      team: t.prismaField({
        type: 'Team',
        description: 'The team.',
        resolve: (query, { id }, _args, { database }) =>
          database.prisma.team.findUniqueOrThrow({ ...query, where: { id } }),
      }),
    }),
  });

const DeleteTeamPayload = builder.objectRef<{ id: bigint }>('DeleteTeamPayload').implement({
  description: 'The team that is gone.',
  fields: (t) => ({ teamId: t.id({ description: 'As it was.', resolve: ({ id }) => `Team_${id}` }) }),
});

builder.mutationFields((t) => ({
  createTeam: t.field({
    type: teamPayload('CreateTeamPayload', 'The team that was made.'),
    description: 'Makes a team, which is owned by who makes it.',
    errors: {},
    access: 'people',
    args: { input: t.arg({ type: CreateTeamInput, required: true, description: 'What to make.' }) },
    resolve: (_root, { input }, { database, actor }) => createTeam(database, actor, withoutNulls(input)),
  }),
  updateTeam: t.field({
    type: teamPayload('UpdateTeamPayload', 'The team as it is now.'),
    description: 'Renames a team. For admins.',
    errors: {},
    access: 'manage',
    args: { input: t.arg({ type: UpdateTeamInput, required: true, description: 'What to change.' }) },
    resolve: async (_root, { input: { teamId, ...input } }, { database, actor }) => {
      const id = rowNumber(teamId, 'Team', 'input.teamId');
      await updateTeam(database, actor, id, input);
      return { id };
    },
  }),
  deleteTeam: t.field({
    type: DeleteTeamPayload,
    description: 'Deletes a team that has no projects, with its members, invitations and tokens. For owners.',
    errors: {},
    access: 'own',
    args: { input: t.arg({ type: DeleteTeamInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, { database, actor }) => {
      const id = rowNumber(input.teamId, 'Team', 'input.teamId');
      await deleteTeam(database, actor, id);
      return { id };
    },
  }),
}));
