import type { RunStatus } from '@samplewise/database';
import { batched } from '../batched.ts';

interface RunCount {
  status: RunStatus;
  count: number;
}

/** Runs of an experiment by status, without those that no run has. */
export const runCounts = batched<bigint, RunCount[]>(async ({ database }, ids) => {
  const groups = await database.prisma.run.groupBy({
    by: ['experimentId', 'status'],
    where: { experimentId: { in: [...ids] }, deletedAt: null },
    _count: true,
    orderBy: [{ experimentId: 'asc' }, { status: 'asc' }],
  });
  return ids.map((id) =>
    groups.filter((g) => g.experimentId === id).map(({ status, _count }) => ({ status, count: _count })),
  );
});
