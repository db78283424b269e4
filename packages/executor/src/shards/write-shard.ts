import { SYSTEM_METRICS } from '@samplewise/domain';
import {
  announce,
  enqueue,
  inTransaction,
  replacePredictions,
  replaceTexts,
  type PredictionColumns,
  type PredictionTextRow,
} from '@samplewise/database';
import type { ExecutorContext } from '../context.ts';
import type { Spending } from '../costs/spending.ts';
import { machineLoad } from '../machine-load.ts';
import { logMetrics } from '../metrics.ts';
import type { Cost } from '../model-process/protocol.ts';
import type { Shard } from './load-shard.ts';

/** What a shard cost; stored with it, and summed over the run's shards in the end. */
export interface ShardCosts {
  PREPROCESSING: Cost & Spending & { cached: number };
  INFERENCE: Cost & Spending;
}

/**
 * Makes a shard's predictions, its costs and the run's progress true at once, and queues the evaluation when it was
 * the last. Of two executors that did the same shard only the first writes.
 * @returns whether it wrote; false when the run has ended or the shard is finished
 */
export async function writeShard(
  { database, boss, executorId, done: counted }: Pick<ExecutorContext, 'database' | 'boss' | 'executorId' | 'done'>,
  shard: Shard,
  columns: PredictionColumns,
  costs: ShardCosts,
  texts: readonly PredictionTextRow[] | null,
): Promise<boolean> {
  const wrote = await inTransaction(database.pool, async (client) => {
    const { rows } = await client.query<{ status: string; project_id: bigint }>(
      'SELECT status, project_id FROM run WHERE id = $1 FOR UPDATE',
      [shard.runId],
    );
    const run = rows[0];
    if (run?.status !== 'RUNNING') return false;
    const claimed = await client.query(
      `UPDATE run_shard SET finished_at = now(), costs = $3, executor_id = $4, error = NULL, retry_at = NULL
        WHERE run_id = $1 AND index = $2 AND finished_at IS NULL`,
      [shard.runId, shard.index, JSON.stringify(costs), executorId],
    );
    if (claimed.rowCount === 0) return false;
    await replacePredictions(client, shard.runId, shard, columns);
    if (texts) await replaceTexts(client, shard.runId, shard, texts);
    const progress = await client.query<{ sample_done: number; open: boolean }>(
      `UPDATE run SET sample_done = sample_done + $2 WHERE id = $1
       RETURNING sample_done, EXISTS (SELECT 1 FROM run_shard WHERE run_id = $1 AND finished_at IS NULL) AS open`,
      [shard.runId, columns.sampleIndex.length],
    );
    const { sample_done: done, open } = progress.rows[0]!;
    const perSecond = columns.sampleIndex.length / costs.INFERENCE.wallSeconds;
    await logMetrics(database, client, { id: shard.runId, projectId: run.project_id }, done, {
      'executor/samples_per_second': perSecond,
      [SYSTEM_METRICS.processMemoryBytes]: Math.max(
        costs.PREPROCESSING.peakMemoryBytes,
        costs.INFERENCE.peakMemoryBytes,
      ),
      ...machineLoad(),
    });
    const runId = String(shard.runId);
    if (!open) await enqueue(boss, client, 'evaluate-run', [{ runId }]);
    await announce((sql, values) => client.query(sql, values), {
      kind: 'run',
      runId,
      experimentId: String(shard.experimentId),
    });
    return true;
  });
  if (wrote) {
    counted.shardsDone++;
    counted.samplesDone += columns.sampleIndex.length;
  }
  return wrote;
}
