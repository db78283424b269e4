import { problem, type Problem } from '@samplewise/domain';
import { failedQueue, jobData, logSystemLine, type Database, type JobName } from '@samplewise/database';
import { failImport, importDataset } from '@samplewise/datasets';
import type { Storage } from '@samplewise/storage';
import type { JobWithMetadata, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { ExecutorContext } from './context.ts';
import { keepBinEmpty } from './jobs/empty-bin.ts';
import { evaluateRun } from './jobs/evaluate-run.ts';
import { failRun } from './jobs/fail-run.ts';
import { predictShard } from './jobs/predict-shard.ts';
import { failLeaderboard, rankLeaderboard } from './leaderboards/rank-leaderboard.ts';
import { ModelProcesses, type EndpointSettings } from './model-process/model-processes.ts';

export interface ExecutorOptions {
  database: Database;
  storage: Storage;
  /** Opened as `worker`, and started. */
  boss: PgBoss;
  log: Logger;
  threads: number;
  timeoutSeconds: number;
  endpoints: EndpointSettings;
}

export interface Executor {
  /** Lets the jobs at work end; what can not end in time is done again by another executor. */
  stop(): Promise<void>;
}

const POLLING = {
  batchSize: 1,
  includeMetadata: true,
  // New jobs wake us at once; polling is for retries, whose time comes without a notice.
  notifyPollingIntervalSeconds: 2,
  pollingIntervalSeconds: 1,
} as const;

/** While the model works on one shard, the images of the next are read and the predictions of the last written. */
const SHARDS_AT_ONCE = 2;

/** Begins to take jobs. One model, one evaluation and one import work at a time; more executors do more. */
export async function startExecutor({ timeoutSeconds, endpoints, ...options }: ExecutorOptions): Promise<Executor> {
  const models = new ModelProcesses(options.storage, options.threads, timeoutSeconds, endpoints);
  const context: ExecutorContext = { ...options, models };
  const { boss } = context;
  const work = async (queue: JobName | `${JobName}-failed`, handle: (job: JobWithMetadata) => Promise<void>) => {
    const worker = await boss.work(queue, POLLING, async ([job]: JobWithMetadata[]) => {
      try {
        await handle(job!);
      } catch (error) {
        const { data, retryCount: attempt } = job!;
        context.log.error({ queue, data, attempt, error: (error as Error).stack }, 'a job failed');
        throw error; // so that the queue tries again
      } finally {
        boss.notifyWorker(worker); // There may be more: look at once, not at the next poll.
      }
    });
  };

  for (let i = 0; i < SHARDS_AT_ONCE; i++) {
    await work('predict-shard', (job) => {
      const { runId, shard } = jobData('predict-shard', job);
      return tellingFailure(context, BigInt(runId), `Shard ${shard}`, () =>
        predictShard(context, BigInt(runId), shard, job.retryCount),
      );
    });
  }
  await work('evaluate-run', (job) => {
    const runId = BigInt(jobData('evaluate-run', job).runId);
    return tellingFailure(context, runId, 'The evaluation', () => evaluateRun(context, runId));
  });
  await work('import-dataset', (job) => importDataset(context, BigInt(jobData('import-dataset', job).importId)));
  await work('rank-leaderboard', (job) =>
    rankLeaderboard(context, BigInt(jobData('rank-leaderboard', job).leaderboardId)),
  );
  // Jobs whose retries are used up: whoever waits for them is told.
  await work(failedQueue('predict-shard'), async (job) => {
    const { runId, shard } = jobData('predict-shard', job);
    await failRun(context.database, BigInt(runId), givenUp(`Shard ${shard} of the run`, job));
  });
  await work(failedQueue('evaluate-run'), async (job) => {
    await failRun(context.database, BigInt(jobData('evaluate-run', job).runId), givenUp('The evaluation', job));
  });
  await work(failedQueue('import-dataset'), async (job) => {
    await failImport(context.database, BigInt(jobData('import-dataset', job).importId), [givenUp('The import', job)]);
  });
  await work(failedQueue('rank-leaderboard'), async (job) => {
    const { leaderboardId } = jobData('rank-leaderboard', job);
    await failLeaderboard(context.database, BigInt(leaderboardId), givenUp('The ranking', job));
  });
  const stopEmptying = keepBinEmpty(context, context.log);
  return {
    async stop() {
      stopEmptying();
      await boss.stop({ graceful: true, timeout: 8000 });
      models.stop();
    },
  };
}

/** What fails here is tried again; the run's log says so. */
async function tellingFailure(
  { database, log }: ExecutorContext,
  runId: bigint,
  what: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const text = `${what} failed, and is tried again: ${(error as Error).message.split('\n')[0]}`;
    await logSystemLine((sql, values) => database.pool.query(sql, values), runId, 'WARN', text).catch(
      (reason: unknown) => {
        // The database may be what has failed.
        log.warn({ error: (reason as Error).message }, "could not write to the run's log");
      },
    );
    throw error;
  }
}

function givenUp(what: string, job: JobWithMetadata): Problem {
  const output = job.output as { message?: unknown } | null;
  const reason = typeof output?.message === 'string' ? ` The last error: ${output.message.split('\n')[0]}` : '';
  return problem('INTERNAL', `${what} failed again and again.${reason}`, {
    place: 'executor',
    mend: "See the executor's log, mend the cause and queue it again.",
  });
}
