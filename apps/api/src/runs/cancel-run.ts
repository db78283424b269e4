import { InvalidInput, problem } from '@samplewise/domain';
import { announce, logSystemLine } from '@samplewise/database';
import type { Services } from '../context.ts';

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
    const execute = (sql: string, values: unknown[]) => transaction.$queryRawUnsafe(sql, ...values);
    await logSystemLine(execute, id, 'INFO', 'Canceled.');
    await announce(execute, {
      kind: 'run',
      runId: String(id),
      experimentId: String(run.experimentId),
    });
  });
}
