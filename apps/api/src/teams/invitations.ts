import { InvalidInput, parseInput, problem } from '@samplewise/domain';
import type { Database, Invitation, PrismaScope, Role } from '@samplewise/database';
import { z } from 'zod';
import { nameOf, note } from '../auth/audit.ts';
import type { Actor } from '../auth/policy.ts';
import { digestOf, newSecret } from '../auth/tokens.ts';
import { mayGive } from './members.ts';

type Needed = Pick<Database, 'prisma'>;
type Person = Extract<Actor, { kind: 'person' }>;

const DAYS = 7;

const newInvitation = z.object({
  email: z.email('must be an email address').max(320).toLowerCase(),
  role: z.enum(['VIEWER', 'MEMBER', 'ADMIN', 'OWNER']),
});

/** @returns the invitation and its secret, which is not kept. @throws InvalidInput */
export async function invite(
  { prisma }: Needed,
  actor: Actor,
  teamId: bigint,
  input: unknown,
): Promise<{ id: bigint; secret: string }> {
  const { email, role } = parseInput(newInvitation, input, 'input');
  mayGive(actor, teamId, role, 'input.role');
  const { secret, digest } = newSecret();
  const id = await prisma.$transaction(async (transaction) => {
    const present = await transaction.membership.findFirst({ where: { teamId, person: { email } } });
    if (present) {
      throw new InvalidInput(
        problem('CONFLICT', 'This person is in the team already.', {
          place: 'input.email',
          value: email,
          mend: 'Change the role by changeMember.',
        }),
      );
    }
    const expiresAt = new Date(Date.now() + DAYS * 24 * 3600 * 1000);
    const made = await transaction.invitation.create({
      data: { teamId, email, role, digest, expiresAt, invitedBy: nameOf(actor) },
    });
    await note(transaction, actor, {
      action: 'invitation.create',
      teamId,
      target: `Invitation_${made.id}`,
      changes: { email: [null, email], role: [null, role] },
    });
    return made.id;
  });
  return { id, secret };
}

/** One that can still be accepted. */
const open = () => ({ acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } });

/** The open invitation to which a secret belongs. */
export const invitationOf = (prisma: PrismaScope, secret: string): Promise<Invitation | null> =>
  prisma.invitation.findFirst({ where: { digest: digestOf(secret), ...open() } });

/** Whether somebody with this email is invited, with whatever secret. */
export const isInvited = async (prisma: PrismaScope, email: string): Promise<boolean> =>
  (await prisma.invitation.findFirst({ where: { email: email.toLowerCase(), ...open() } })) !== null;

/** @throws InvalidInput unless it can still be accepted */
export async function revokeInvitation({ prisma }: Needed, actor: Actor, id: bigint): Promise<void> {
  await prisma.$transaction(async (transaction) => {
    const { count } = await transaction.invitation.updateMany({
      where: { id, ...open() },
      data: { revokedAt: new Date() },
    });
    if (count === 0) {
      throw new InvalidInput(
        problem('CONFLICT', 'The invitation was accepted or revoked, or has expired.', {
          place: 'input.invitationId',
          value: `Invitation_${id}`,
        }),
      );
    }
    const { teamId } = await transaction.invitation.findUniqueOrThrow({ where: { id } });
    await note(transaction, actor, { action: 'invitation.revoke', teamId, target: `Invitation_${id}` });
  });
}

/** Makes somebody a member, once. @throws InvalidInput where the secret opens nothing, or nothing for this email */
export async function acceptInvitation(
  { prisma }: Needed,
  person: Person,
  secret: string,
): Promise<{ membershipId: bigint }> {
  return prisma.$transaction(async (transaction) => {
    const invitation = await invitationOf(transaction, secret);
    if (invitation?.email !== person.email.toLowerCase()) {
      throw new InvalidInput(
        problem('NOT_FOUND', 'There is no such invitation for your email.', {
          place: 'input.token',
          mend: 'It may have expired: ask for another one.',
        }),
      );
    }
    const { count } = await transaction.invitation.updateMany({
      where: { id: invitation.id, ...open() },
      data: { acceptedAt: new Date() },
    });
    // Of two at once, one is too late.
    if (count === 0) throw new InvalidInput(problem('CONFLICT', 'The invitation was accepted already.'));
    return { membershipId: await addMember(transaction, person, invitation) };
  });
}

async function addMember(
  transaction: PrismaScope,
  person: Person,
  { teamId, role }: { teamId: bigint; role: Role },
): Promise<bigint> {
  const { personId } = person;
  const present = await transaction.membership.findUnique({ where: { teamId_personId: { teamId, personId } } });
  if (present) return present.id;
  const { id } = await transaction.membership.create({ data: { teamId, personId, role } });
  await note(transaction, person, {
    action: 'member.add',
    teamId,
    target: person.email,
    changes: { role: [null, role] },
  });
  return id;
}
