import { displayName, InvalidInput, parseInput, problem } from '@samplewise/domain';
import type { Database, Prisma } from '@samplewise/database';
import { z } from 'zod';
import { mayGive, role } from '../teams/members.ts';
import { nameOf, note } from './audit.ts';
import { includesScope, type Actor } from './policy.ts';
import { newSecret } from './tokens.ts';

type Needed = Pick<Database, 'prisma'>;

const scope = z.enum(['READ', 'SUBMIT', 'WRITE', 'ADMIN']);
const common = {
  name: displayName,
  scope,
  expiresAt: z
    .date()
    .refine((date) => date.getTime() > Date.now(), 'must be in the future')
    .optional(),
};
const newServiceToken = z.object({ ...common, role });
const newPersonalToken = z.object(common);

/** The secret is not kept: this is the only time that it can be shown. */
export interface CreatedToken {
  id: bigint;
  secret: string;
}

/** A token of the caller: his rights, cut down to a scope and, if it is given, to one team. @throws InvalidInput */
export async function createPersonalToken(
  database: Needed,
  actor: Actor,
  teamId: bigint | undefined,
  input: unknown,
): Promise<CreatedToken> {
  const given = parseInput(newPersonalToken, input, 'input');
  if (actor.kind !== 'person') {
    throw new InvalidInput(
      problem('CONFLICT', 'Nobody has signed in, so that nobody can own a token.', {
        mend: 'Make a service token of a team: createServiceToken.',
      }),
    );
  }
  return create(database, actor, teamId, {
    ...given,
    kind: 'PERSONAL',
    personId: actor.personId,
    ...(teamId !== undefined && { teamId }),
  });
}

/** A token of a team, with a role of its own. @throws InvalidInput */
export async function createServiceToken(
  database: Needed,
  actor: Actor,
  teamId: bigint,
  input: unknown,
): Promise<CreatedToken> {
  const given = parseInput(newServiceToken, input, 'input');
  mayGive(actor, teamId, given.role, 'input.role');
  if (actor.kind === 'token' && !includesScope(actor.scope, given.scope)) {
    throw new InvalidInput(
      problem('FORBIDDEN', `It needs a token of the scope ${given.scope}.`, {
        place: 'input.scope',
        value: given.scope,
      }),
    );
  }
  return create(database, actor, teamId, { ...given, kind: 'SERVICE', teamId });
}

async function create(
  { prisma }: Needed,
  actor: Actor,
  teamId: bigint | undefined,
  {
    expiresAt,
    ...data
  }: Omit<Prisma.TokenUncheckedCreateInput, 'digest' | 'createdBy' | 'expiresAt'> & {
    expiresAt?: Date | undefined;
  },
): Promise<CreatedToken> {
  const { secret, digest } = newSecret();
  const id = await prisma.$transaction(async (transaction) => {
    const token = await transaction.token.create({
      data: { ...data, digest, createdBy: nameOf(actor), ...(expiresAt && { expiresAt }) },
    });
    await note(transaction, actor, {
      action: 'token.create',
      teamId,
      target: `Token_${token.id}`,
      changes: { name: [null, token.name], scope: [null, token.scope], role: [null, token.role] },
    });
    return token.id;
  });
  return { id, secret };
}

/** Revoking it again changes nothing. */
export async function revokeToken({ prisma }: Needed, actor: Actor, id: bigint): Promise<void> {
  await prisma.$transaction(async (transaction) => {
    const { count } = await transaction.token.updateMany({
      where: { id, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 0) return;
    const { name, teamId } = await transaction.token.findUniqueOrThrow({ where: { id } });
    await note(transaction, actor, {
      action: 'token.revoke',
      teamId: teamId ?? undefined,
      target: `Token_${id}`,
      changes: { name: [name, null] },
    });
  });
}
