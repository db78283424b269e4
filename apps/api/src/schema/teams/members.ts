import { changeMember, ownMembership, removeMember } from '../../teams/members.ts';
import { builder, rowNumber } from '../builder.ts';
import { RoleEnum } from './enums.ts';

builder.prismaObject('Person', {
  description: 'Somebody who signs in.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As they call themselves.' }),
    email: t.exposeString('email', { description: 'Under which they sign in.' }),
  }),
});

builder.prismaNode('Membership', {
  description: 'That somebody is in a team.',
  id: { resolve: ({ id }) => String(id), description: 'Such as Membership_1.' },
  findUnique: (id) => ({ id: BigInt(id) }),
  nullable: true,
  fields: (t) => ({
    role: t.expose('role', { type: RoleEnum, description: 'What they are there.' }),
    person: t.relation('person', { description: 'Who.' }),
    team: t.relation('team', { description: 'Where.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'Since when.' }),
  }),
});

builder.prismaObjectField('Team', 'members', (t) =>
  t.relatedConnection('memberships', {
    cursor: 'id',
    totalCount: true,
    description: 'Who is in the team, in the order in which they came. For the team.',
    access: 'read',
    query: { orderBy: { id: 'asc' } },
  }),
);

const ChangeMemberInput = builder.inputType('ChangeMemberInput', {
  description: 'A new role for a member.',
  fields: (t) => ({
    membershipId: t.id({ required: true, description: 'Such as Membership_1.' }),
    role: t.field({ type: RoleEnum, required: true, description: 'At most your own.' }),
  }),
});

const RemoveMemberInput = builder.inputType('RemoveMemberInput', {
  description: 'A member to be removed.',
  fields: (t) => ({ membershipId: t.id({ required: true, description: 'Such as Membership_1.' }) }),
});

const LeaveTeamInput = builder.inputType('LeaveTeamInput', {
  description: 'A team to be left.',
  fields: (t) => ({ teamId: t.id({ required: true, description: 'Such as Team_1.' }) }),
});

const ChangeMemberPayload = builder.objectRef<{ id: bigint }>('ChangeMemberPayload').implement({
  description: 'The member as it is now.',
  fields: (t) => ({
    membership: t.prismaField({
      type: 'Membership',
      description: 'The membership.',
      resolve: (query, { id }, _args, { database }) =>
        database.prisma.membership.findUniqueOrThrow({ ...query, where: { id } }),
    }),
  }),
});

const goneMember = (name: string) =>
  builder.objectRef<{ id: bigint }>(name).implement({
    description: 'The membership that has ended.',
    fields: (t) => ({ membershipId: t.id({ description: 'As it was.', resolve: ({ id }) => `Membership_${id}` }) }),
  });

builder.mutationFields((t) => ({
  changeMember: t.field({
    type: ChangeMemberPayload,
    description: 'Gives a member another role; a team always keeps an owner. For admins.',
    errors: {},
    access: 'manage',
    args: { input: t.arg({ type: ChangeMemberInput, required: true, description: 'Who, and what.' }) },
    resolve: async (_root, { input }, { database, actor }) => {
      const id = rowNumber(input.membershipId, 'Membership', 'input.membershipId');
      await changeMember(database, actor, id, input.role);
      return { id };
    },
  }),
  removeMember: t.field({
    type: goneMember('RemoveMemberPayload'),
    description: 'Ends a membership; a team always keeps an owner. For admins.',
    errors: {},
    access: 'manage',
    args: { input: t.arg({ type: RemoveMemberInput, required: true, description: 'Who.' }) },
    resolve: async (_root, { input }, { database, actor }) => {
      const id = rowNumber(input.membershipId, 'Membership', 'input.membershipId');
      await removeMember(database, actor, id);
      return { id };
    },
  }),
  leaveTeam: t.field({
    type: goneMember('LeaveTeamPayload'),
    description: 'Ends your own membership; a team always keeps an owner.',
    errors: {},
    access: { action: 'read', people: true },
    args: { input: t.arg({ type: LeaveTeamInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, { database, actor }) => {
      const id = await ownMembership(database, actor, rowNumber(input.teamId, 'Team', 'input.teamId'));
      await removeMember(database, actor, id);
      return { id };
    },
  }),
}));
