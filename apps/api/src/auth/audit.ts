import type { Prisma, PrismaScope } from '@samplewise/database';
import type { Actor } from './policy.ts';

/** What is kept of a deed. The list is closed, so that a page can name each. */
export const AUDITED = [
  'person.sign-up',
  'person.sign-in',
  'person.sign-out',
  'team.create',
  'team.update',
  'team.delete',
  'member.add',
  'member.change',
  'member.remove',
  'invitation.create',
  'invitation.revoke',
  'token.create',
  'token.revoke',
  'project.create',
  'project.update',
  'project.delete',
  'project.restore',
  'competition.reveal',
  'competition.set',
  'labels.hide',
  'labels.show',
  'runs.delete',
  'runs.restore',
] as const;

export interface Deed {
  action: (typeof AUDITED)[number];
  teamId?: bigint | undefined;
  projectId?: bigint;
  /** Global id, or an email. */
  target?: string;
  /** What was changed, by field; never a secret. */
  changes?: Record<string, [before: string | null, after: string | null]>;
}

/** Notes what somebody did; in the transaction that does it, so that there is neither without the other. */
export async function note(prisma: PrismaScope, actor: Actor, ...deeds: readonly Deed[]): Promise<void> {
  const who = {
    actorKind: actor.kind.toUpperCase(),
    actorName: nameOf(actor),
    personId: 'personId' in actor ? actor.personId : null,
    tokenId: 'tokenId' in actor ? actor.tokenId : null,
  };
  await prisma.auditEntry.createMany({
    data: deeds.map(({ action, teamId, projectId, target, changes = {} }): Prisma.AuditEntryCreateManyInput => ({
      ...who,
      action,
      changes,
      ...(teamId !== undefined && { teamId }),
      ...(projectId !== undefined && { projectId }),
      ...(target !== undefined && { target }),
    })),
  });
}

/** For people: as the actor is called now. */
export function nameOf(actor: Actor): string {
  if (actor.kind === 'person') return actor.email;
  if (actor.kind === 'token') return actor.name;
  return { local: 'this machine', server: "the server's token", anonymous: 'nobody' }[actor.kind];
}

/** As the maker of a thing is told to whoever may see it, which is no place for an email; null where nobody signs in. */
export function authorOf(actor: Actor | undefined): string | null {
  return actor?.kind === 'person' || actor?.kind === 'token' ? actor.name : null;
}
