import { createPersonalToken, createServiceToken, revokeToken, type CreatedToken } from '../../auth/create-token.ts';
import { builder, rowNumber } from '../builder.ts';
import { withoutNulls } from '../shared/inputs.ts';
import { RoleEnum, TokenKindEnum, TokenScopeEnum } from './enums.ts';

builder.prismaNode('Token', {
  description: 'What programs show instead of a sign-in. Only its SHA-256 is kept.',
  id: { resolve: ({ id }) => String(id), description: 'Such as Token_1.' },
  findUnique: (id) => ({ id: BigInt(id) }),
  nullable: true,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'For people: what it is for.' }),
    kind: t.expose('kind', { type: TokenKindEnum, description: 'Whose rights it has.' }),
    scope: t.expose('scope', { type: TokenScopeEnum, description: 'What it may do at most.' }),
    role: t.expose('role', { type: RoleEnum, nullable: true, description: "A service's role in its team." }),
    team: t.relation('team', {
      nullable: true,
      description: 'The only team that it reaches, where it is bound to one.',
    }),
    createdBy: t.exposeString('createdBy', { description: 'Who has made it.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'None: it does not expire.' }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true, description: 'When it was revoked.' }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', nullable: true, description: 'To the minute.' }),
  }),
});

builder.prismaObjectField('Team', 'tokens', (t) =>
  t.relatedConnection('tokens', {
    cursor: 'id',
    description: 'Service tokens of the team, and personal ones that are bound to it. Newest first. For admins.',
    access: 'manage',
    query: { orderBy: { id: 'desc' } },
  }),
);

const CreatePersonalTokenInput = builder.inputType('CreatePersonalTokenInput', {
  description: 'A token with your rights, cut down.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What it is for.' }),
    scope: t.field({ type: TokenScopeEnum, required: true, description: 'What it may do at most.' }),
    teamId: t.id({ description: 'The only team that it reaches; all of yours unless given. Such as Team_1.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'It does not expire unless given.' }),
  }),
});

const CreateServiceTokenInput = builder.inputType('CreateServiceTokenInput', {
  description: 'A token of a team, for programs that are nobody.',
  fields: (t) => ({
    teamId: t.id({ required: true, description: 'Such as Team_1.' }),
    name: t.string({ required: true, description: 'What it is for.' }),
    role: t.field({ type: RoleEnum, required: true, description: 'At most your own.' }),
    scope: t.field({ type: TokenScopeEnum, required: true, description: 'What it may do at most.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'It does not expire unless given.' }),
  }),
});

const RevokeTokenInput = builder.inputType('RevokeTokenInput', {
  description: 'A token to be revoked.',
  fields: (t) => ({ tokenId: t.id({ required: true, description: 'Such as Token_1.' }) }),
});

const createdToken = (name: string) =>
  builder.objectRef<CreatedToken>(name).implement({
    description: 'The token that was made.',
    fields: (t) => ({
      token: t.prismaField({
        type: 'Token',
        description: 'What is kept of it.',
        resolve: (query, { id }, _args, { database }) =>
          database.prisma.token.findUniqueOrThrow({ ...query, where: { id } }),
      }),
      secret: t.exposeString('secret', { description: 'The token itself. It is shown this one time only.' }),
    }),
  });

const RevokeTokenPayload = builder.objectRef<{ id: bigint }>('RevokeTokenPayload').implement({
  description: 'The token that was revoked.',
  fields: (t) => ({
    token: t.prismaField({
      type: 'Token',
      description: 'What is kept of it.',
      resolve: (query, { id }, _args, { database }) =>
        database.prisma.token.findUniqueOrThrow({ ...query, where: { id } }),
    }),
  }),
});

builder.mutationFields((t) => ({
  createPersonalToken: t.field({
    type: createdToken('CreatePersonalTokenPayload'),
    description: 'Makes a token with your rights. Only for who has signed in: no token makes another one in your name.',
    errors: {},
    access: { action: 'read', people: true },
    args: { input: t.arg({ type: CreatePersonalTokenInput, required: true, description: 'What to make.' }) },
    resolve: (_root, { input: { teamId, ...input } }, { database, actor }) => {
      const team = teamId == null ? undefined : rowNumber(teamId, 'Team', 'input.teamId');
      return createPersonalToken(database, actor, team, withoutNulls(input));
    },
  }),
  createServiceToken: t.field({
    type: createdToken('CreateServiceTokenPayload'),
    description: 'Makes a token of a team. For admins.',
    errors: {},
    access: 'manage',
    args: { input: t.arg({ type: CreateServiceTokenInput, required: true, description: 'What to make.' }) },
    resolve: (_root, { input: { teamId, ...input } }, { database, actor }) =>
      createServiceToken(database, actor, rowNumber(teamId, 'Team', 'input.teamId'), withoutNulls(input)),
  }),
  revokeToken: t.field({
    type: RevokeTokenPayload,
    description: 'Ends a token at once: your own, or, for admins, one of the team.',
    errors: {},
    access: 'manage',
    args: { input: t.arg({ type: RevokeTokenInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, { database, actor }) => {
      const id = rowNumber(input.tokenId, 'Token', 'input.tokenId');
      await revokeToken(database, actor, id);
      return { id };
    },
  }),
}));
