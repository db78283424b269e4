import { InvalidInput, parseInput, problem, runPriority } from '@samplewise/domain';
import { announce, type Prisma } from '@samplewise/database';
import type { Services } from '../context.ts';
import { lockRuns } from './change-runs.ts';
import { announceRun } from './create-run.ts';

type Needed = Pick<Services, 'database'>;

/** Only these are anything to executors. */
const OPEN = {
  source: 'EXECUTOR',
  status: { in: ['QUEUED', 'RUNNING'] },
  deletedAt: null,
} satisfies Prisma.RunWhereInput;

/**
 * Has executors leave runs, or take them up again, of all or of none. A run that is paused already stays as it is.
 * @throws InvalidInput when one of them is not there, is a client's or has ended
 */
export async function setPaused({ database }: Needed, ids: readonly bigint[], paused: boolean): Promise<void> {
  await changeOpen(database, ids, async (transaction) => {
    await transaction.run.updateMany({
      where: { id: { in: [...ids] }, pausedAt: paused ? null : { not: null } },
      data: { pausedAt: paused ? new Date() : null },
    });
  });
}

/** Gives runs another place among those of their team, all or none. @throws InvalidInput */
export async function setPriority({ database }: Needed, ids: readonly bigint[], priority: number): Promise<void> {
  parseInput(runPriority, priority, 'input.priority');
  await changeOpen(database, ids, async (transaction) => {
    await transaction.run.updateMany({ where: { id: { in: [...ids] } }, data: { priority } });
  });
}

async function changeOpen(
  database: Services['database'],
  ids: readonly bigint[],
  change: (transaction: Prisma.TransactionClient) => Promise<void>,
): Promise<void> {
  await database.prisma.$transaction(async (transaction) => {
    const runs = await lockRuns(transaction, ids, { deletedAt: null });
    const [first, ...more] = runs
      .filter(({ source, status }) => source !== OPEN.source || !OPEN.status.in.some((open) => open === status))
      .map(({ id, source, status }) =>
        problem('CONFLICT', source === 'EXECUTOR' ? `The run is ${status}.` : "The run is a client's.", {
          place: 'input.runIds',
          value: `Run_${id}`,
          mend: 'Name runs of executors that are QUEUED or RUNNING.',
        }),
      );
    if (first) throw new InvalidInput(first, ...more);
    await change(transaction);
    for (const run of runs) await announceRun(transaction, run);
    await announceShards(transaction);
  });
}

/** Tells executors that there may be something to take, when the transaction commits. */
export async function announceShards(transaction: Prisma.TransactionClient): Promise<void> {
  await announce((sql, values) => transaction.$queryRawUnsafe(sql, ...values), { kind: 'shards' });
}
