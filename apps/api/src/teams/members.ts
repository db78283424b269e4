import { InvalidInput, parseInput, problem } from '@samplewise/domain';
import type { Database, Membership, PrismaScope, Role } from '@samplewise/database';
import { z } from 'zod';
import { note } from '../auth/audit.ts';
import { includesRole, isUnbounded, type Actor } from '../auth/policy.ts';

type Needed = Pick<Database, 'prisma'>;

export const role = z.enum(['VIEWER', 'MEMBER', 'ADMIN', 'OWNER']);

/** Nobody gives, changes or takes more than he has. @throws InvalidInput */
export function mayGive(actor: Actor, teamId: bigint, given: Role, place: string): void {
  if (isUnbounded(actor)) return;
  if ('roles' in actor && includesRole(actor.roles.get(teamId), given)) return;
  throw new InvalidInput(problem('FORBIDDEN', `It needs the role ${given} in the team.`, { place, value: given }));
}

/** @throws InvalidInput also when the team would be left without an owner */
export async function changeMember({ prisma }: Needed, actor: Actor, id: bigint, wanted: Role): Promise<void> {
  const next = parseInput(role, wanted, 'input.role');
  await prisma.$transaction(async (transaction) => {
    const before = await lockMember(transaction, id);
    mayGive(actor, before.teamId, before.role, 'input.membershipId');
    mayGive(actor, before.teamId, next, 'input.role');
    if (next !== 'OWNER') await keepAnOwner(transaction, before);
    await transaction.membership.update({ where: { id }, data: { role: next } });
    await noteMember(transaction, actor, before, 'member.change', next);
  });
}

/** @throws InvalidInput also when the team would be left without an owner */
export async function removeMember({ prisma }: Needed, actor: Actor, id: bigint): Promise<void> {
  await prisma.$transaction(async (transaction) => {
    const before = await lockMember(transaction, id);
    if (!isSelf(actor, before)) mayGive(actor, before.teamId, before.role, 'input.membershipId');
    await keepAnOwner(transaction, before);
    await transaction.membership.delete({ where: { id } });
    await noteMember(transaction, actor, before, 'member.remove', null);
  });
}

/** The membership by which somebody is in a team. @throws InvalidInput where there is none */
export async function ownMembership({ prisma }: Needed, actor: Actor, teamId: bigint): Promise<bigint> {
  const personId = actor.kind === 'person' ? actor.personId : '';
  const row = await prisma.membership.findUnique({ where: { teamId_personId: { teamId, personId } } });
  if (row) return row.id;
  throw new InvalidInput(
    problem('CONFLICT', 'You are not a member of this team.', { place: 'input.teamId', value: `Team_${teamId}` }),
  );
}

const isSelf = (actor: Actor, member: Membership): boolean =>
  actor.kind === 'person' && actor.personId === member.personId;

/** Locks the team first, so that two owners do not leave at the same moment. */
async function lockMember(transaction: PrismaScope, id: bigint): Promise<Membership> {
  await transaction.$queryRaw`SELECT 1 FROM team WHERE id = (SELECT team_id FROM membership WHERE id = ${id}) FOR UPDATE`;
  const row = await transaction.membership.findUnique({ where: { id } });
  if (row) return row;
  throw new InvalidInput(
    problem('NOT_FOUND', 'There is no such membership.', { place: 'input.membershipId', value: `Membership_${id}` }),
  );
}

async function keepAnOwner(transaction: PrismaScope, { id, teamId, role: before }: Membership): Promise<void> {
  if (before !== 'OWNER') return;
  const other = await transaction.membership.findFirst({ where: { teamId, role: 'OWNER', id: { not: id } } });
  if (other) return;
  throw new InvalidInput(
    problem('CONFLICT', 'This is the last owner of the team.', {
      place: 'input.membershipId',
      value: `Membership_${id}`,
      mend: 'Make somebody else an owner first, or delete the team.',
    }),
  );
}

async function noteMember(
  transaction: PrismaScope,
  actor: Actor,
  before: Membership,
  action: 'member.change' | 'member.remove',
  after: Role | null,
): Promise<void> {
  const { email } = await transaction.person.findUniqueOrThrow({ where: { id: before.personId } });
  await note(transaction, actor, {
    action,
    teamId: before.teamId,
    target: email,
    changes: { role: [before.role, after] },
  });
}
