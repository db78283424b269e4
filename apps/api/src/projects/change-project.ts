import { displayName, InvalidInput, parseInput, problem, prose } from '@samplewise/domain';
import type { Database, PrismaScope, Project } from '@samplewise/database';
import { z } from 'zod';
import { note, type Deed } from '../auth/audit.ts';
import type { Actor } from '../auth/policy.ts';
import { orConflict } from '../conflicts.ts';

type Needed = Pick<Database, 'prisma'>;

const projectChange = z.object({
  name: displayName.optional(),
  description: prose.optional(),
  visibility: z.enum(['PRIVATE', 'TEAM', 'PUBLIC']).optional(),
});

/**
 * Its address stays, so that links do.
 * @param expectedRevision refused when somebody has changed it since
 * @throws InvalidInput
 */
export async function updateProject(
  { prisma }: Needed,
  actor: Actor,
  id: bigint,
  input: unknown,
  expectedRevision?: number,
): Promise<void> {
  const { name, description, visibility } = parseInput(projectChange, input, 'input');
  const change = {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(visibility !== undefined && { visibility }),
  };
  await prisma.$transaction(async (transaction) => {
    const before = await lockProject(transaction, id);
    if (expectedRevision !== undefined && before.revision !== expectedRevision) {
      throw new InvalidInput(
        problem('CONFLICT', `Somebody has changed the project since: it is at revision ${before.revision}.`, {
          place: 'input.expectedRevision',
          value: expectedRevision,
          mend: 'Read it again and repeat the change.',
        }),
      );
    }
    await transaction.project.update({ where: { id }, data: { ...change, revision: { increment: 1 } } });
    const fields = Object.keys(change) as (keyof typeof change)[];
    const changes = Object.fromEntries(
      fields.map((field): [string, [string | null, string | null]] => [field, [before[field], change[field] ?? null]]),
    );
    await note(transaction, actor, { ...deed(before, 'project.update'), changes });
  });
}

/** Puts a project with all that is in it into the bin, and frees its address. @throws InvalidInput while runs are executed */
export async function deleteProject({ prisma }: Needed, actor: Actor, id: bigint): Promise<void> {
  await prisma.$transaction(async (transaction) => {
    const before = await lockProject(transaction, id);
    if (before.deletedAt) throw notHere(id);
    const active = await transaction.run.findFirst({
      where: { projectId: id, source: 'EXECUTOR', status: { in: ['QUEUED', 'RUNNING'] }, deletedAt: null },
    });
    if (active) {
      throw new InvalidInput(
        problem('CONFLICT', `Run_${active.id} is ${active.status}.`, {
          place: 'input.projectId',
          value: `Project_${id}`,
          mend: 'Cancel it first.',
        }),
      );
    }
    await transaction.project.update({
      where: { id },
      // No address begins with a tilde.
      data: { deletedAt: new Date(), deletedSlug: before.slug, slug: `~${id}`, revision: { increment: 1 } },
    });
    await note(transaction, actor, { ...deed(before, 'project.delete'), changes: { name: [before.name, null] } });
  });
}

/** Takes a project out of the bin. @throws InvalidInput when its address is taken by now */
export async function restoreProject({ prisma }: Needed, actor: Actor, id: bigint): Promise<void> {
  const restore = prisma.$transaction(async (transaction) => {
    const before = await lockProject(transaction, id);
    if (!before.deletedAt) throw notHere(id);
    await transaction.project.update({
      where: { id },
      data: { deletedAt: null, deletedSlug: null, slug: before.deletedSlug!, revision: { increment: 1 } },
    });
    await note(transaction, actor, { ...deed(before, 'project.restore'), changes: { name: [null, before.name] } });
  });
  await orConflict(
    restore,
    problem('CONFLICT', 'The team has another project at its address by now.', {
      place: 'input.projectId',
      value: `Project_${id}`,
      mend: 'Delete that one first.',
    }),
  );
}

const deed = ({ id, teamId }: Project, action: Deed['action']): Deed => ({
  action,
  teamId,
  projectId: id,
  target: `Project_${id}`,
});

async function lockProject(transaction: PrismaScope, id: bigint): Promise<Project> {
  await transaction.$queryRaw`SELECT 1 FROM project WHERE id = ${id} FOR UPDATE`;
  const row = await transaction.project.findUnique({ where: { id } });
  if (!row) throw notHere(id);
  return row;
}

const notHere = (id: bigint): InvalidInput =>
  new InvalidInput(
    problem('NOT_FOUND', 'There is no such project.', { place: 'input.projectId', value: `Project_${id}` }),
  );
