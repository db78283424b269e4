import { displayName, InvalidInput, parseInput, problem, slug, slugify } from '@samplewise/domain';
import type { Database } from '@samplewise/database';
import { z } from 'zod';
import { note } from '../auth/audit.ts';
import type { Actor } from '../auth/policy.ts';
import { orConflict } from '../conflicts.ts';

type Needed = Pick<Database, 'prisma'>;

/** The team of what is made where there are no accounts. */
export const LOCAL_TEAM = 'local';

const newTeam = z.object({ name: displayName, slug: slug.optional() });
const teamChange = z.object({ name: displayName });

/** Makes a team; who makes it, if it is a person, owns it. @throws InvalidInput */
export async function createTeam({ prisma }: Needed, actor: Actor, input: unknown): Promise<{ id: bigint }> {
  const given = parseInput(newTeam, input, 'input');
  const address = given.slug ?? slugify(given.name);
  const conflict = problem('CONFLICT', `There is a team at '${address}' already.`, {
    place: given.slug === undefined ? 'input.name' : 'input.slug',
    value: given.slug ?? given.name,
    mend: 'Choose another address: input.slug.',
  });
  const make = prisma.$transaction(async (transaction) => {
    const owners =
      actor.kind === 'person' ? { memberships: { create: { personId: actor.personId, role: 'OWNER' as const } } } : {};
    const { id } = await transaction.team.create({ data: { slug: address, name: given.name, ...owners } });
    await note(transaction, actor, { action: 'team.create', teamId: id, target: `Team_${id}` });
    return { id };
  });
  return orConflict(make, conflict);
}

/** @throws InvalidInput */
export async function updateTeam({ prisma }: Needed, actor: Actor, id: bigint, input: unknown): Promise<void> {
  const { name } = parseInput(teamChange, input, 'input');
  await prisma.$transaction(async (transaction) => {
    const before = await transaction.team.findUniqueOrThrow({ where: { id } });
    await transaction.team.update({ where: { id }, data: { name } });
    await note(transaction, actor, {
      action: 'team.update',
      teamId: id,
      target: `Team_${id}`,
      changes: { name: [before.name, name] },
    });
  });
}

/** Deletes a team that has nothing, with its members, tokens and invitations. @throws InvalidInput while it has projects */
export async function deleteTeam({ prisma }: Needed, actor: Actor, id: bigint): Promise<void> {
  await prisma.$transaction(async (transaction) => {
    // Nobody makes a project in it meanwhile.
    await transaction.$queryRaw`SELECT 1 FROM team WHERE id = ${id} FOR UPDATE`;
    const projects = await transaction.project.count({ where: { teamId: id } });
    if (projects > 0) {
      throw new InvalidInput(
        problem('CONFLICT', `The team has ${projects} projects, those in the bin included.`, {
          place: 'input.teamId',
          value: `Team_${id}`,
          mend: 'A project that is deleted is gone 30 days later.',
        }),
      );
    }
    const { name } = await transaction.team.delete({ where: { id } });
    await note(transaction, actor, {
      action: 'team.delete',
      teamId: id,
      target: `Team_${id}`,
      changes: { name: [name, null] },
    });
  });
}
