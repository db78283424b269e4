import { displayName, InvalidInput, parseInput, problem, prose, slug, slugify } from '@samplewise/domain';
import type { PrismaClient } from '@samplewise/database';
import { z } from 'zod';
import { note } from '../auth/audit.ts';
import { includesRole, isUnbounded, type Actor } from '../auth/policy.ts';
import type { Subject } from '../auth/rules.ts';
import { orConflict } from '../conflicts.ts';
import { LOCAL_TEAM } from '../teams/teams.ts';

const schema = z.object({
  team: slug,
  name: displayName,
  description: prose.default(''),
});

/**
 * Makes a project; where there are no accounts, also its team when it is the first of it.
 * @throws InvalidInput when a field is wrong or the team has a project of that address
 */
export async function createProject(
  prisma: PrismaClient,
  actor: Actor,
  input: { team?: string | undefined },
): Promise<{ id: bigint }> {
  const given = { ...input, team: input.team ?? (await usualTeam(prisma, actor)) };
  const { team, name, description } = parseInput(schema, given, 'input');
  const owner = isUnbounded(actor)
    ? await prisma.team.upsert({ where: { slug: team }, update: {}, create: { slug: team, name: team } })
    : await prisma.team.findUniqueOrThrow({ where: { slug: team } });
  const address = slugify(name);
  const present = await prisma.project.findUnique({ where: { teamId_slug: { teamId: owner.id, slug: address } } });
  const conflict = problem('CONFLICT', `The team '${team}' has a project at '${address}' already.`, {
    place: 'input.name',
    value: name,
    mend: 'Choose another name.',
  });
  if (present) throw new InvalidInput(conflict);
  const make = prisma.$transaction(async (transaction) => {
    const project = await transaction.project.create({ data: { teamId: owner.id, slug: address, name, description } });
    await note(transaction, actor, {
      action: 'project.create',
      teamId: owner.id,
      projectId: project.id,
      target: `Project_${project.id}`,
      changes: { name: [null, name] },
    });
    return project;
  });
  return orConflict(make, conflict);
}

/** The team in which a project would be made, for the policy. */
export async function teamOfNewProject(
  prisma: PrismaClient,
  actor: Actor,
  given: string | undefined,
): Promise<Subject> {
  const team = given ?? (await usualTeam(prisma, actor));
  const row = await prisma.team.findUnique({ where: { slug: team } });
  return {
    resource: row ? { kind: 'team', teamId: row.id, seenBy: 'read' } : undefined,
    typename: 'Team',
    place: 'input.team',
    value: team,
  };
}

/** Where somebody makes a project who does not say where: the only team in which he works, or else `local`. */
async function usualTeam(prisma: PrismaClient, actor: Actor): Promise<string> {
  const roles = 'roles' in actor ? [...actor.roles] : [];
  const [only, ...more] = roles.filter(([, role]) => includesRole(role, 'MEMBER'));
  if (!only || more.length > 0) return LOCAL_TEAM;
  const { slug } = await prisma.team.findUniqueOrThrow({ where: { id: only[0] } });
  return slug;
}
