import { setTimeout as sleep } from 'node:timers/promises';
import type { Limits } from '../config.ts';
import type { ExecutorContext } from '../context.ts';
import { predictShard } from '../jobs/predict-shard.ts';
import { claimShard, type ShardClaim } from './claim-shard.ts';

/** Without an announcement executors look so often: for shards whose time to be tried again has come. */
const POLL_MILLISECONDS = 1000;

export interface ShardWorkers {
  /** Takes no more; resolves when the shards at work are done or given back. */
  stop(): Promise<void>;
}

/**
 * Takes shards one after the other, `shardsAtOnce` at a time: while the model works on one, the images of the next are
 * read and the predictions of the last written.
 */
export function startShardWorkers(
  context: ExecutorContext,
  { shardsAtOnce, turnSeconds }: Pick<Limits, 'shardsAtOnce' | 'turnSeconds'>,
): ShardWorkers {
  const { database, listener, executorId, log } = context;
  const stopping = new AbortController();
  let lastTeam: bigint | null = null;
  /** Counts announcements, so that one which comes while we look is not overlooked. */
  let news = 0;
  let wake = new AbortController();
  const unsubscribe = listener.subscribe((message) => {
    if (message !== 'resynchronise' && message.kind !== 'shards') return;
    news++;
    wake.abort();
    wake = new AbortController();
  });
  const claim = async (): Promise<ShardClaim | undefined> => {
    try {
      return await claimShard(database, executorId, { lastTeam, turnSeconds });
    } catch (error) {
      log.warn({ error: (error as Error).message }, 'could not look for shards');
      return undefined;
    }
  };
  const work = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const known = news;
      const taken = await claim();
      if (taken) {
        lastTeam = taken.teamId;
        await predictShard(context, taken);
      } else if (known === news) {
        const signal = AbortSignal.any([stopping.signal, wake.signal]);
        await sleep(POLL_MILLISECONDS, undefined, { signal }).catch(() => undefined); // woken
      }
    }
  };
  const workers = Array.from({ length: shardsAtOnce }, work);
  return {
    async stop() {
      stopping.abort();
      unsubscribe();
      await Promise.all(workers);
    },
  };
}
