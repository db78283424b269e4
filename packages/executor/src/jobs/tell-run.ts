import { logSystemLine } from '@samplewise/database';
import type { ExecutorContext } from '../context.ts';

/** Says in the run's log that something failed, and is tried again. */
export async function tellRetry(
  { database, log }: Pick<ExecutorContext, 'database' | 'log'>,
  runId: bigint,
  what: string,
  error: Error,
): Promise<void> {
  const text = `${what} failed, and is tried again: ${error.message.split('\n')[0]}`;
  await logSystemLine((sql, values) => database.pool.query(sql, values), runId, 'WARN', text).catch(
    (reason: unknown) => {
      // The database may be what has failed.
      log.warn({ error: (reason as Error).message }, "could not write to the run's log");
    },
  );
}
