import { problem, type Problem } from '@samplewise/domain';
import { failedQueue, jobData, type Database, type JobName } from '@samplewise/database';
import { failImport, importDataset } from '@samplewise/datasets';
import type { Storage } from '@samplewise/storage';
import type { JobWithMetadata, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { ExecutorContext } from './context.ts';
import { keepBinEmpty } from './jobs/empty-bin.ts';
import { evaluateRun } from './jobs/evaluate-run.ts';
import { failRun } from './jobs/fail-run.ts';
import { predictShard } from './jobs/predict-shard.ts';
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
      return predictShard(context, BigInt(runId), shard, job.retryCount);
    });
  }
  await work('evaluate-run', (job) => evaluateRun(context, BigInt(jobData('evaluate-run', job).runId)));
  await work('import-dataset', (job) => importDataset(context, BigInt(jobData('import-dataset', job).importId)));
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
  const stopEmptying = keepBinEmpty(context.database, context.log);
  return {
    async stop() {
      stopEmptying();
      await boss.stop({ graceful: true, timeout: 8000 });
      models.stop();
    },
  };
}

function givenUp(what: string, job: JobWithMetadata): Problem {
  const output = job.output as { message?: unknown } | null;
  const reason = typeof output?.message === 'string' ? ` The last error: ${output.message.split('\n')[0]}` : '';
  return problem('INTERNAL', `${what} failed again and again.${reason}`, {
    place: 'executor',
    mend: "See the executor's log, mend the cause and queue it again.",
  });
}
