import { builder } from '../builder.ts';
import '../projects/project.ts';

builder.prismaObject('AuditEntry', {
  description: 'That somebody did something. Entries are never changed.',
  fields: (t) => ({
    action: t.exposeString('action', { description: 'Such as project.delete; the list is in docs/accounts.md.' }),
    actorKind: t.exposeString('actorKind', { description: 'LOCAL, SERVER, PERSON or TOKEN.' }),
    actorName: t.exposeString('actorName', { description: "An email, or a token's name, as it was then." }),
    target: t.exposeString('target', { nullable: true, description: 'To what it was done: an id or an email.' }),
    changes: t.expose('changes', { type: 'JSON', description: 'By field: [before, after].' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When.' }),
  }),
});

builder.prismaObjectField('Team', 'auditLog', (t) =>
  t.prismaConnection({
    type: 'AuditEntry',
    cursor: 'id',
    description: 'What was done to the team and in it, newest first. For admins.',
    access: 'manage',
    resolve: (query, { id }, _args, { database }) =>
      database.prisma.auditEntry.findMany({ ...query, where: { teamId: id }, orderBy: { id: 'desc' } }),
  }),
);
