import { SYSTEM_METRICS } from '@samplewise/domain';
import { announce, inTransaction } from '@samplewise/database';
import type pg from 'pg';
import type { ExecutorContext } from '../context.ts';
import type { SpentCost } from '../costs/phase-costs.ts';
import { machineLoad } from '../machine-load.ts';
import { logMetrics } from '../metrics.ts';
import type { Shard } from './load-shard.ts';

/** What a shard cost; stored with it, and summed over the run's shards in the end. */
export interface ShardCosts {
  PREPROCESSING: SpentCost & { cached: number };
  /** Of the model; of a training, of the network that gives features. */
  INFERENCE: SpentCost & { cached?: number };
}

export interface ShardResult {
  costs: ShardCosts;
  /** Writes what was computed, in the transaction. */
  store: (client: pg.ClientBase) => Promise<void>;
  /** Called when no shard of the run is left, in the transaction. */
  lastDone: (client: pg.ClientBase) => Promise<void>;
}

/**
 * Makes what a shard has computed, its costs and the run's progress true at once. Of two executors that did the same shard
 * only the first writes.
 * @returns whether it wrote; false when the run has ended or the shard is finished
 */
export async function finishShard(
  { database, executorId, done: counted }: Pick<ExecutorContext, 'database' | 'executorId' | 'done'>,
  shard: Shard,
  { costs, store, lastDone }: ShardResult,
): Promise<boolean> {
  const samples = shard.samples.length;
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
    await store(client);
    const progress = await client.query<{ sample_done: number; open: boolean }>(
      `UPDATE run SET sample_done = sample_done + $2 WHERE id = $1
       RETURNING sample_done, EXISTS (SELECT 1 FROM run_shard WHERE run_id = $1 AND finished_at IS NULL) AS open`,
      [shard.runId, samples],
    );
    const { sample_done: done, open } = progress.rows[0]!;
    const { wallSeconds } = costs.INFERENCE;
    await logMetrics(database, client, { id: shard.runId, projectId: run.project_id }, done, {
      ...(wallSeconds > 0 ? { 'executor/samples_per_second': samples / wallSeconds } : {}),
      [SYSTEM_METRICS.processMemoryBytes]: Math.max(
        costs.PREPROCESSING.peakMemoryBytes,
        costs.INFERENCE.peakMemoryBytes,
      ),
      ...machineLoad(),
    });
    if (!open) await lastDone(client);
    await announce((sql, values) => client.query(sql, values), {
      kind: 'run',
      runId: String(shard.runId),
      experimentId: String(shard.experimentId),
    });
    return true;
  });
  if (wrote) {
    counted.shardsDone++;
    counted.samplesDone += samples;
  }
  return wrote;
}
