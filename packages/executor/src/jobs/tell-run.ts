import { logSystemLine } from '@samplewise/database';
import type { ExecutorContext } from '../context.ts';

/** Says in the run's log and in ours that samples of a shard have failed, and why the first one has. */
export async function tellFailures(
  { database, log }: Pick<ExecutorContext, 'database' | 'log'>,
  { runId, index }: { runId: bigint; index: number },
  failures: readonly (string | null)[],
): Promise<void> {
  const failed = failures.filter((reason) => reason !== null);
  if (failed.length === 0) return;
  log.warn({ runId: String(runId), failed: failed.length, first: failed[0] }, 'samples failed');
  const text = `${failed.length} samples of shard ${index} have failed, the first one because: ${failed[0]}`;
  await logSystemLine((sql, values) => database.pool.query(sql, values), runId, 'WARN', text);
}

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
