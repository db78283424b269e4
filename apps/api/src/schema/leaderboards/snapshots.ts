import { labelsSeenIn } from '../../auth/policy.ts';
import { createSnapshot } from '../../leaderboards/create-snapshot.ts';
import { createLink, revokeLink } from '../../leaderboards/links.ts';
import { builder, rowNumber } from '../builder.ts';
import './leaderboard.ts';

builder.prismaNode('LeaderboardLink', {
  description: 'An address at which a snapshot is read without a login.',
  id: { resolve: ({ id }) => String(id), description: 'Such as LeaderboardLink_1.' },
  findUnique: (id) => ({ id: BigInt(id) }),
  nullable: true,
  fields: (t) => ({
    snapshot: t.relation('snapshot', { description: 'What is read there.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'When it ends by itself.' }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true, description: 'When somebody ended it.' }),
    hasPassword: t.boolean({
      description: 'Whether a password is asked for.',
      select: { passwordHash: true },
      resolve: ({ passwordHash }) => passwordHash !== null,
    }),
  }),
});

builder.prismaNode('LeaderboardSnapshot', {
  description: 'A frozen copy of a leaderboard. It never changes.',
  id: { resolve: ({ id }) => String(id), description: 'Such as LeaderboardSnapshot_1.' },
  findUnique: (id) => ({ id: BigInt(id) }),
  nullable: true,
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'Counts the snapshots of the leaderboard from 1.' }),
    digest: t.exposeString('digest', {
      description: "SHA-256 of the document's canonical JSON (RFC 8785).",
      labels: 'sealed',
    }),
    sealed: t.exposeBoolean('sealed', {
      description:
        'Its figures rest on hidden labels: it can not be shared, and is listed for those who see them alone.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    leaderboard: t.relation('leaderboard', { description: 'What it is a copy of.' }),
    document: t.expose('document', {
      type: 'JSON',
      description: 'Rule, rows, checks, and the digests of all that they rest on.',
      complexity: 1000,
      labels: 'sealed',
    }),
    links: t.relatedConnection('links', {
      cursor: 'id',
      description: 'Newest first, those that have ended among them.',
      query: { orderBy: { id: 'desc' } },
    }),
  }),
});

builder.prismaObjectField('Leaderboard', 'snapshots', (t) =>
  t.relatedConnection('snapshots', {
    cursor: 'id',
    totalCount: true,
    description: 'Newest first.',
    query: (_args, { actor }) => ({
      where: { OR: [{ sealed: false }, { leaderboard: { project: labelsSeenIn(actor) } }] },
      orderBy: { number: 'desc' },
    }),
  }),
);

const CreateSnapshotInput = builder.inputType('CreateSnapshotInput', {
  description: 'A leaderboard to be frozen.',
  fields: (t) => ({
    leaderboardId: t.id({ required: true, description: 'Such as Leaderboard_1.' }),
    note: t.string({ description: 'What it is for; part of the snapshot.' }),
  }),
});

const CreateSnapshotPayload = builder.objectRef<{ id: bigint }>('CreateSnapshotPayload').implement({
  description: 'The snapshot that was made.',
  fields: (t) => ({
    snapshot: t.prismaField({
      type: 'LeaderboardSnapshot',
      description: 'The snapshot.',
      resolve: (query, { id }, _args, { database }) =>
        database.prisma.leaderboardSnapshot.findUniqueOrThrow({ ...query, where: { id } }),
    }),
  }),
});

const CreateLinkInput = builder.inputType('CreateLeaderboardLinkInput', {
  description: 'An address to be made for a snapshot.',
  fields: (t) => ({
    snapshotId: t.id({ required: true, description: 'Such as LeaderboardSnapshot_1.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'Never unless given.' }),
    password: t.string({ description: 'Asked for by HTTP Basic, with any name; 8 to 200 characters.' }),
  }),
});

const CreateLinkPayload = builder.objectRef<{ id: bigint; token: string }>('CreateLeaderboardLinkPayload').implement({
  description: 'The link that was made.',
  fields: (t) => ({
    token: t.exposeString('token', { description: 'Told once: only its digest is kept.' }),
    path: t.string({
      description: 'Of the report; .json, .csv, .md, .tex, .bib and .svg stand beside it.',
      resolve: ({ token }) => `/s/${token}.html`,
    }),
    badgePath: t.string({ description: 'Of a badge.', resolve: ({ token }) => `/badges/${token}.svg` }),
    link: t.prismaField({
      type: 'LeaderboardLink',
      description: 'The link.',
      resolve: (query, { id }, _args, { database }) =>
        database.prisma.leaderboardLink.findUniqueOrThrow({ ...query, where: { id } }),
    }),
  }),
});

const RevokeLinkInput = builder.inputType('RevokeLeaderboardLinkInput', {
  description: 'A link to be ended.',
  fields: (t) => ({ linkId: t.id({ required: true, description: 'Such as LeaderboardLink_1.' }) }),
});

const RevokeLinkPayload = builder.objectRef<{ id: bigint }>('RevokeLeaderboardLinkPayload').implement({
  description: 'The link that was ended.',
  fields: (t) => ({
    link: t.prismaField({
      type: 'LeaderboardLink',
      description: 'The link.',
      resolve: (query, { id }, _args, { database }) =>
        database.prisma.leaderboardLink.findUniqueOrThrow({ ...query, where: { id } }),
    }),
  }),
});

builder.mutationFields((t) => ({
  createSnapshot: t.field({
    type: CreateSnapshotPayload,
    description: 'Freezes a leaderboard as it stands, with the digests of all that it rests on.',
    labels: 'sealed',
    errors: {},
    args: { input: t.arg({ type: CreateSnapshotInput, required: true, description: 'What to freeze.' }) },
    resolve: (_root, { input }, context) =>
      createSnapshot(context, rowNumber(input.leaderboardId, 'Leaderboard', 'input.leaderboardId'), input.note ?? ''),
  }),
  createLeaderboardLink: t.field({
    type: CreateLinkPayload,
    description: 'Shares a snapshot with whoever knows the address.',
    access: 'manage',
    errors: {},
    args: { input: t.arg({ type: CreateLinkInput, required: true, description: 'What to share.' }) },
    resolve: (_root, { input }, context) =>
      createLink(context, rowNumber(input.snapshotId, 'LeaderboardSnapshot', 'input.snapshotId'), {
        expiresAt: input.expiresAt ?? undefined,
        password: input.password ?? undefined,
      }),
  }),
  revokeLeaderboardLink: t.field({
    type: RevokeLinkPayload,
    description: 'Ends a link at once.',
    access: 'manage',
    errors: {},
    args: { input: t.arg({ type: RevokeLinkInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, context) => {
      const id = rowNumber(input.linkId, 'LeaderboardLink', 'input.linkId');
      await revokeLink(context, id);
      return { id };
    },
  }),
}));
