import { displayName, InvalidInput, parseInput, problem, prose, slug, slugify } from '@samplewise/domain';
import type { PrismaScope } from '@samplewise/database';
import { z } from 'zod';
import { orConflict } from '../conflicts.ts';

const schema = z.object({
  team: slug.default('local'),
  name: displayName,
  description: prose.default(''),
});

/**
 * Makes a project, and its team when it is the first of it.
 * @throws InvalidInput when a field is wrong or the team has a project of that address
 */
export async function createProject(prisma: PrismaScope, input: unknown): Promise<{ id: bigint }> {
  const { team, name, description } = parseInput(schema, input, 'input');
  const owner = await prisma.team.upsert({ where: { slug: team }, update: {}, create: { slug: team, name: team } });
  const address = slugify(name);
  const present = await prisma.project.findUnique({ where: { teamId_slug: { teamId: owner.id, slug: address } } });
  const conflict = problem('CONFLICT', `The team '${team}' has a project at '${address}' already.`, {
    place: 'input.name',
    value: name,
    mend: 'Choose another name.',
  });
  if (present) throw new InvalidInput(conflict);
  return orConflict(prisma.project.create({ data: { teamId: owner.id, slug: address, name, description } }), conflict);
}
