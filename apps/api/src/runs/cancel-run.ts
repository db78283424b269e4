import { InvalidInput, problem } from '@samplewise/domain';
import { announce, logSystemLine, type Prisma } from '@samplewise/database';
import type { Services } from '../context.ts';
import { lockRuns } from './change-runs.ts';

const isOpen = (status: string): boolean => status === 'QUEUED' || status === 'RUNNING';

/** Ends a run that has not ended; executors leave it at their next batch. @throws InvalidInput when it has ended */
export async function cancelRun({ database }: Pick<Services, 'database'>, id: bigint): Promise<void> {
  await database.prisma.$transaction(async (transaction) => {
    const changed = await transaction.run.updateManyAndReturn({
      where: { id, status: { in: ['QUEUED', 'RUNNING'] } },
      data: { status: 'CANCELED', finishedAt: new Date() },
    });
    const run = changed[0];
    if (!run) {
      throw new InvalidInput(
        problem('CONFLICT', 'Only a queued or running run can be canceled.', {
          place: 'input.runId',
          value: `Run_${id}`,
        }),
      );
    }
    await tellCanceled(transaction, run);
  });
}

/** The same for several runs, all or none. @throws InvalidInput naming those that are not there or have ended */
export async function cancelRuns({ database }: Pick<Services, 'database'>, ids: readonly bigint[]): Promise<void> {
  await database.prisma.$transaction(async (transaction) => {
    const runs = await lockRuns(transaction, ids, { deletedAt: null });
    const [first, ...more] = runs
      .filter(({ status }) => !isOpen(status))
      .map(({ id, status }) =>
        problem('CONFLICT', `The run is ${status}.`, {
          place: 'input.runIds',
          value: `Run_${id}`,
          mend: 'Name runs that are QUEUED or RUNNING.',
        }),
      );
    if (first) throw new InvalidInput(first, ...more);
    await transaction.run.updateMany({
      where: { id: { in: [...ids] } },
      data: { status: 'CANCELED', finishedAt: new Date() },
    });
    for (const run of runs) await tellCanceled(transaction, run);
  });
}

async function tellCanceled(
  transaction: Prisma.TransactionClient,
  { id, experimentId }: { id: bigint; experimentId: bigint },
): Promise<void> {
  const execute = (sql: string, values: unknown[]) => transaction.$queryRawUnsafe(sql, ...values);
  await logSystemLine(execute, id, 'INFO', 'Canceled.');
  await announce(execute, { kind: 'run', runId: String(id), experimentId: String(experimentId) });
}
