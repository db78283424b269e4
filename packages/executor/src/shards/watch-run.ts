import type { ExecutorContext } from '../context.ts';
import type { Shard } from './load-shard.ts';

/** How often the run is looked at while a shard is predicted, should no announcement come. */
const CHECK_MILLISECONDS = 500;

/**
 * Looks at the run while a shard is predicted. The signal says that there is no more to do for us: the run has ended or
 * is paused, or we were taken for dead and the shard is another's.
 */
export function watchRun(
  { database, listener, executorId, log }: Pick<ExecutorContext, 'database' | 'listener' | 'executorId' | 'log'>,
  { runId, index }: Pick<Shard, 'runId' | 'index'>,
): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const check = (): void => {
    database.pool
      .query<{ ours: boolean }>(
        `SELECT r.status = 'RUNNING' AND r.paused_at IS NULL AND s.executor_id = $3 AND s.finished_at IS NULL AS ours
           FROM run r JOIN run_shard s ON s.run_id = r.id WHERE r.id = $1 AND s.index = $2`,
        [runId, index, executorId],
      )
      .then(
        ({ rows }) => {
          if (rows[0]?.ours !== true) controller.abort();
        },
        (error: unknown) => {
          // The write at the end of the shard meets the same trouble, and handles it.
          log.warn({ error: (error as Error).message }, 'could not look for a cancellation');
        },
      );
  };
  const timer = setInterval(check, CHECK_MILLISECONDS);
  const unsubscribe = listener.subscribe((message) => {
    if (message !== 'resynchronise' && message.kind === 'run' && message.runId === String(runId)) check();
  });
  return {
    signal: controller.signal,
    stop() {
      clearInterval(timer);
      unsubscribe();
    },
  };
}
