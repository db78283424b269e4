import type { Invitation as OpenInvitation } from '@samplewise/database';
import { InvalidInput, problem } from '@samplewise/domain';
import { acceptInvitation, invitationOf, invite, revokeInvitation } from '../../teams/invitations.ts';
import { builder, rowNumber } from '../builder.ts';
import { RoleEnum } from './enums.ts';
import './members.ts';

builder.prismaNode('Invitation', {
  description: 'A place in a team for whoever signs in under its email and brings its token.',
  id: { resolve: ({ id }) => String(id), description: 'Such as Invitation_1.' },
  findUnique: (id) => ({ id: BigInt(id) }),
  nullable: true,
  fields: (t) => ({
    email: t.exposeString('email', { description: 'For whom it is.' }),
    role: t.expose('role', { type: RoleEnum, description: 'What they will be.' }),
    invitedBy: t.exposeString('invitedBy', { description: 'Who has invited.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when it can be accepted.' }),
    acceptedAt: t.expose('acceptedAt', { type: 'DateTime', nullable: true, description: 'When it was accepted.' }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true, description: 'When it was revoked.' }),
  }),
});

builder.prismaObjectField('Team', 'invitations', (t) =>
  t.relatedConnection('invitations', {
    cursor: 'id',
    description: 'Newest first. For admins.',
    access: 'manage',
    query: { orderBy: { id: 'desc' } },
  }),
);

const InvitationOffer = builder.objectRef<OpenInvitation>('InvitationOffer').implement({
  description: 'What somebody who holds the token of an invitation is told of it.',
  fields: (t) => ({
    email: t.exposeString('email', { description: 'For whom it is.' }),
    role: t.expose('role', { type: RoleEnum, description: 'What they will be.' }),
    invitedBy: t.exposeString('invitedBy', { description: 'Who has invited.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when it can be accepted.' }),
    team: t.string({
      description: "The team's name.",
      resolve: async ({ teamId }, _args, { database }) =>
        (await database.prisma.team.findUniqueOrThrow({ where: { id: teamId } })).name,
    }),
    hasAccount: t.boolean({
      description: 'Whether somebody signs in under the email already; otherwise they sign up with the token.',
      resolve: async ({ email }, _args, { database }) =>
        (await database.prisma.person.findFirst({ where: { email } })) !== null,
    }),
  }),
});

builder.queryField('invitation', (t) =>
  t.field({
    type: InvitationOffer,
    nullable: true,
    description: 'The invitation of a token; none where it is unknown, accepted, revoked or has expired.',
    access: 'narrowed',
    args: { token: t.arg.string({ required: true, description: 'As inviteMember gave it.' }) },
    resolve: (_root, { token }, { database }) => invitationOf(database.prisma, token),
  }),
);

const InviteMemberInput = builder.inputType('InviteMemberInput', {
  description: 'Who is to come into a team.',
  fields: (t) => ({
    teamId: t.id({ required: true, description: 'Such as Team_1.' }),
    email: t.string({ required: true, description: 'Under which they will sign in.' }),
    role: t.field({ type: RoleEnum, required: true, description: 'At most your own.' }),
  }),
});

const RevokeInvitationInput = builder.inputType('RevokeInvitationInput', {
  description: 'An invitation to be revoked.',
  fields: (t) => ({ invitationId: t.id({ required: true, description: 'Such as Invitation_1.' }) }),
});

const AcceptInvitationInput = builder.inputType('AcceptInvitationInput', {
  description: 'An invitation that is accepted.',
  fields: (t) => ({ token: t.string({ required: true, description: 'As inviteMember gave it.' }) }),
});

const InviteMemberPayload = builder.objectRef<{ id: bigint; secret: string }>('InviteMemberPayload').implement({
  description: 'The invitation.',
  fields: (t) => ({
    invitation: t.prismaField({
      type: 'Invitation',
      description: 'The invitation.',
      resolve: (query, { id }, _args, { database }) =>
        database.prisma.invitation.findUniqueOrThrow({ ...query, where: { id } }),
    }),
    token: t.exposeString('secret', {
      description: 'To be handed on, for acceptInvitation or for a sign-up. It is shown this one time only.',
    }),
  }),
});

const RevokeInvitationPayload = builder.objectRef<{ id: bigint }>('RevokeInvitationPayload').implement({
  description: 'The invitation that was revoked.',
  fields: (t) => ({
    invitation: t.prismaField({
      type: 'Invitation',
      description: 'The invitation.',
      resolve: (query, { id }, _args, { database }) =>
        database.prisma.invitation.findUniqueOrThrow({ ...query, where: { id } }),
    }),
  }),
});

const AcceptInvitationPayload = builder.objectRef<{ membershipId: bigint }>('AcceptInvitationPayload').implement({
  description: 'The membership that came of it.',
  fields: (t) => ({
    membership: t.prismaField({
      type: 'Membership',
      description: 'The membership.',
      resolve: (query, { membershipId }, _args, { database }) =>
        database.prisma.membership.findUniqueOrThrow({ ...query, where: { id: membershipId } }),
    }),
  }),
});

builder.mutationFields((t) => ({
  inviteMember: t.field({
    type: InviteMemberPayload,
    description: 'Invites somebody into a team, for a week. Nothing is sent: hand the token on yourself. For admins.',
    errors: {},
    access: 'manage',
    args: { input: t.arg({ type: InviteMemberInput, required: true, description: 'Whom.' }) },
    resolve: (_root, { input: { teamId, ...input } }, { database, actor }) =>
      invite(database, actor, rowNumber(teamId, 'Team', 'input.teamId'), input),
  }),
  revokeInvitation: t.field({
    type: RevokeInvitationPayload,
    description: 'Takes back an invitation that was not accepted yet. For admins.',
    errors: {},
    access: 'manage',
    args: { input: t.arg({ type: RevokeInvitationInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, { database, actor }) => {
      const id = rowNumber(input.invitationId, 'Invitation', 'input.invitationId');
      await revokeInvitation(database, actor, id);
      return { id };
    },
  }),
  acceptInvitation: t.field({
    type: AcceptInvitationPayload,
    description: 'Comes into a team. The invitation must be for the email under which you have signed in.',
    errors: {},
    access: 'people',
    args: { input: t.arg({ type: AcceptInvitationInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, { database, actor }) => {
      if (actor.kind === 'person') return acceptInvitation(database, actor, input.token);
      throw new InvalidInput(problem('CONFLICT', 'Nobody has signed in who could come into a team.'));
    },
  }),
}));
