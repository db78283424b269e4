import { InvalidInput, problem } from '@samplewise/domain';
import { announce, logSystemLine } from '@samplewise/database';
import { BlobMissing } from '@samplewise/storage';
import os from 'node:os';
import type { ExecutorContext } from '../context.ts';
import { describeEnvironment } from '../environment.ts';
import { ModelProcessLost, PredictionAborted } from '../model-process/model-process.ts';
import { readBudget, usedUp } from '../shards/budget.ts';
import { labelOrder } from '../shards/label-order.ts';
import { loadShard, type Shard } from '../shards/load-shard.ts';
import { toColumns, toTexts } from '../shards/prediction-rows.ts';
import { predictImages } from '../shards/predict-images.ts';
import { writeShard } from '../shards/write-shard.ts';
import { failRun } from './fail-run.ts';

/** How often the run is looked at for a cancellation while a shard is predicted. */
const CANCEL_CHECK_MILLISECONDS = 500;
/** A crash may be the machine's doing; a second one on the same shard is the model's. */
const CRASHES_FORGIVEN = 1;

/**
 * Predicts one shard. What is wrong with the model or its config fails the run at once; what may pass (the database
 * or the storage out of reach) is thrown, so that the queue tries again.
 * @param attempt 0 at the first time
 */
export async function predictShard(
  context: ExecutorContext,
  runId: bigint,
  index: number,
  attempt: number,
): Promise<void> {
  try {
    const shard = await loadShard(context.database, runId, index);
    if (!shard) return;
    await startRun(context, shard);
    await predictLoaded(context, shard);
  } catch (error) {
    if (error instanceof PredictionAborted) return;
    const failure = permanentFailure(error, attempt);
    if (!failure) throw error;
    context.log.warn({ runId: String(runId), shard: index, failure }, 'the run failed');
    await failRun(context.database, runId, failure);
  }
}

function permanentFailure(error: unknown, attempt: number) {
  if (error instanceof InvalidInput) return error.problems[0];
  if (error instanceof ModelProcessLost && attempt >= CRASHES_FORGIVEN) return error.problem;
  if (error instanceof BlobMissing) {
    return problem('BLOB_MISSING', error.message, { place: 'weights', mend: 'Upload the file again.' });
  }
  return undefined;
}

async function predictLoaded(context: ExecutorContext, shard: Shard): Promise<void> {
  const order = labelOrder(shard.model.labels, shard.labels);
  const cancellation = watchCancellation(context, shard);
  try {
    const budget = await readBudget(context.database, shard);
    const predicted = await predictImages(context, shard, cancellation.signal, budget);
    const failed = predicted.failures.filter((reason) => reason !== null);
    if (failed.length > 0) {
      context.log.warn({ runId: String(shard.runId), failed: failed.length, first: failed[0] }, 'samples failed');
      await logSystemLine(
        (sql, values) => context.database.pool.query(sql, values),
        shard.runId,
        'WARN',
        `${failed.length} samples of shard ${shard.index} have failed, the first one because: ${failed[0]}`,
      );
    }
    const columns = toColumns(shard, predicted, order);
    await writeShard(context, shard, columns, predicted.costs, toTexts(shard, predicted));
    if (predicted.exceeded) throw usedUp(shard);
  } finally {
    cancellation.stop();
  }
}

async function startRun({ database, threads }: ExecutorContext, shard: Shard): Promise<void> {
  const { rowCount } = await database.pool.query(
    `UPDATE run SET status = 'RUNNING', started_at = now(), environment = $2 WHERE id = $1 AND status = 'QUEUED'`,
    [shard.runId, JSON.stringify(describeEnvironment(threads))],
  );
  if (rowCount === 0) return;
  const execute = (sql: string, values: unknown[]) => database.pool.query(sql, values);
  await logSystemLine(execute, shard.runId, 'INFO', `Started on ${os.hostname()} with ${threads} threads.`);
  await announce(execute, {
    kind: 'run',
    runId: String(shard.runId),
    experimentId: String(shard.experimentId),
  });
}

/** Looks at the run's status while a shard is predicted; the signal says that it is RUNNING no more. */
function watchCancellation({ database, log }: ExecutorContext, shard: Shard): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const timer = setInterval(() => {
    database.pool.query<{ status: string }>('SELECT status FROM run WHERE id = $1', [shard.runId]).then(
      ({ rows }) => {
        if (rows[0]?.status !== 'RUNNING') controller.abort();
      },
      (error: unknown) => {
        // The write at the end of the shard meets the same trouble, and handles it.
        log.warn({ error: (error as Error).message }, 'could not look for a cancellation');
      },
    );
  }, CANCEL_CHECK_MILLISECONDS);
  return {
    signal: controller.signal,
    stop() {
      clearInterval(timer);
    },
  };
}
