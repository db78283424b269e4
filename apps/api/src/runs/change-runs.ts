import { InvalidInput, parseInput, problem, runChange, RUNS_AT_ONCE, type RunChange } from '@samplewise/domain';
import { rankLeaderboardsOf, type Prisma, type Run } from '@samplewise/database';
import { note, type Deed } from '../auth/audit.ts';
import type { Actor } from '../auth/policy.ts';
import type { Context, Services } from '../context.ts';
import { announceRun } from './create-run.ts';

type Needed = Pick<Services, 'database' | 'boss'>;

/**
 * Changes what people say of runs, of all or of none.
 * @param expectedRevision of a single run: refused when somebody has changed it since
 * @throws InvalidInput
 */
export async function changeRuns(
  { database, boss }: Needed,
  ids: readonly bigint[],
  input: unknown,
  expectedRevision?: number,
): Promise<void> {
  const change = parseInput(runChange, input, 'input');
  await database.prisma.$transaction(async (transaction) => {
    const runs = await lockRuns(transaction, ids, { deletedAt: null });
    if (expectedRevision !== undefined && runs[0]!.revision !== expectedRevision) {
      throw new InvalidInput(
        problem('CONFLICT', `Somebody has changed the run since: it is at revision ${runs[0]!.revision}.`, {
          place: 'input.expectedRevision',
          value: expectedRevision,
          mend: 'Read it again and repeat the change.',
        }),
      );
    }
    await transaction.run.updateMany({ where: { id: { in: [...ids] } }, data: columnsOf(change) });
    await changeTags(transaction, runs, change);
    for (const run of runs) await announceRun(transaction, run);
    await rankLeaderboardsOf(boss, transaction, ids);
  });
}

/** Puts runs into the bin, or takes them out of it; all or none. @throws InvalidInput */
export async function setDeleted(
  { database, boss, actor }: Pick<Context, 'database' | 'boss' | 'actor'>,
  ids: readonly bigint[],
  deleted: boolean,
): Promise<void> {
  await database.prisma.$transaction(async (transaction) => {
    const runs = await lockRuns(transaction, ids, deleted ? { deletedAt: null } : { deletedAt: { not: null } });
    const active = runs.find((run) => run.source === 'EXECUTOR' && ['QUEUED', 'RUNNING'].includes(run.status));
    if (deleted && active) {
      throw new InvalidInput(
        problem('CONFLICT', `Run_${active.id} is ${active.status}.`, {
          place: 'input.runIds',
          value: `Run_${active.id}`,
          mend: 'Cancel it first.',
        }),
      );
    }
    await transaction.run.updateMany({
      where: { id: { in: [...ids] } },
      data: { deletedAt: deleted ? new Date() : null, revision: { increment: 1 } },
    });
    await noteDeletion(transaction, actor, runs, deleted);
    for (const run of runs) await announceRun(transaction, run);
    await rankLeaderboardsOf(boss, transaction, ids);
  });
}

/** One entry for each project. */
async function noteDeletion(
  transaction: Prisma.TransactionClient,
  actor: Actor,
  runs: readonly Run[],
  deleted: boolean,
): Promise<void> {
  const projects = await transaction.project.findMany({
    where: { id: { in: runs.map((run) => run.projectId) } },
    select: { id: true, teamId: true },
  });
  const deeds = projects.map(({ id, teamId }): Deed => {
    const names = runs.filter((run) => run.projectId === id).map((run) => `Run_${run.id}`);
    return {
      action: deleted ? 'runs.delete' : 'runs.restore',
      teamId,
      projectId: id,
      target: `Project_${id}`,
      changes: { runs: deleted ? [names.join(' '), null] : [null, names.join(' ')] },
    };
  });
  await note(transaction, actor, ...deeds);
}

function columnsOf({ name, description, group, archived }: RunChange): Prisma.RunUncheckedUpdateManyInput {
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(group !== undefined && { group: group === '' ? null : group }),
    ...(archived !== undefined && { archivedAt: archived ? new Date() : null }),
    revision: { increment: 1 },
  };
}

async function changeTags(
  transaction: Prisma.TransactionClient,
  runs: readonly Run[],
  { setTags = [], removeTags = [] }: RunChange,
): Promise<void> {
  const runId = { in: runs.map((run) => run.id) };
  const gone = [...removeTags, ...setTags.map((tag) => tag.key)];
  if (gone.length > 0) await transaction.runTag.deleteMany({ where: { runId, key: { in: gone } } });
  await transaction.runTag.createMany({
    data: runs.flatMap(({ id, projectId }) => setTags.map((tag) => ({ ...tag, runId: id, projectId }))),
  });
}

/** @throws InvalidInput naming the runs that are not there, or not of this kind */
export async function lockRuns(
  transaction: Prisma.TransactionClient,
  ids: readonly bigint[],
  where: Prisma.RunWhereInput,
): Promise<Run[]> {
  if (ids.length === 0 || ids.length > RUNS_AT_ONCE) {
    throw new InvalidInput(
      problem('INVALID_VALUE', `These are ${ids.length} runs.`, {
        place: 'input.runIds',
        value: ids.length,
        mend: `Name 1 to ${RUNS_AT_ONCE}.`,
      }),
    );
  }
  // In the order of their ids, so that two who change the same runs do not wait for each other.
  await transaction.$queryRaw`SELECT 1 FROM run WHERE id = ANY(${[...ids]}) ORDER BY id FOR UPDATE`;
  const runs = await transaction.run.findMany({ where: { id: { in: [...ids] }, ...where }, orderBy: { id: 'asc' } });
  const [first, ...more] = ids
    .filter((id) => !runs.some((run) => run.id === id))
    .map((id) => problem('NOT_FOUND', 'There is no such run.', { place: 'input.runIds', value: `Run_${id}` }));
  if (first) throw new InvalidInput(first, ...more);
  return runs;
}
