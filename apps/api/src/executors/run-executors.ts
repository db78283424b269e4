import type { Executor } from '@samplewise/database';
import { batched } from '../batched.ts';

/** The executors that took part in a run, or take part at present, in the order in which they started. */
export const runExecutors = batched<bigint, Executor[]>(async ({ database }, ids) => {
  const pairs = await database.prisma.runShard.groupBy({
    by: ['runId', 'executorId'],
    where: { runId: { in: [...ids] }, executorId: { not: null } },
  });
  const executors = await database.prisma.executor.findMany({
    where: { id: { in: pairs.map(({ executorId }) => executorId!) } },
    orderBy: { id: 'asc' },
  });
  return ids.map((id) => {
    const of = new Set(pairs.filter(({ runId }) => runId === id).map(({ executorId }) => executorId));
    return executors.filter((executor) => of.has(executor.id));
  });
});
