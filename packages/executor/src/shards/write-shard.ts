import {
  enqueue,
  replacePredictions,
  replaceTexts,
  type PredictionColumns,
  type PredictionTextRow,
} from '@samplewise/database';
import type { ExecutorContext } from '../context.ts';
import { finishShard, type ShardCosts } from './finish-shard.ts';
import type { Shard } from './load-shard.ts';

/**
 * Stores a shard's predictions with all that `finishShard` makes true, and queues the evaluation when it was the last.
 * @returns whether it wrote; false when the run has ended or the shard is finished
 */
export function writeShard(
  context: Pick<ExecutorContext, 'database' | 'boss' | 'executorId' | 'done'>,
  shard: Shard,
  columns: PredictionColumns,
  costs: ShardCosts,
  texts: readonly PredictionTextRow[] | null,
): Promise<boolean> {
  return finishShard(context, shard, {
    costs,
    async store(client) {
      await replacePredictions(client, shard.runId, shard, columns);
      if (texts) await replaceTexts(client, shard.runId, shard, texts);
    },
    lastDone: (client) => enqueue(context.boss, client, 'evaluate-run', [{ runId: String(shard.runId) }]),
  });
}
