import { problem, type Problem } from '@samplewise/domain';
import { failedQueue, jobData, type Database, type JobName, type Listener } from '@samplewise/database';
import { failImport, importDataset } from '@samplewise/datasets';
import type { Storage } from '@samplewise/storage';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobWithMetadata, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Limits } from './config.ts';
import type { ExecutorContext } from './context.ts';
import { openEnergy } from './costs/energy.ts';
import { describeEnvironment } from './environment.ts';
import { auditDatasetVersion, queueAudits } from './jobs/audit-versions.ts';
import { keepBinEmpty } from './jobs/empty-bin.ts';
import { evaluateRun } from './jobs/evaluate-run.ts';
import { failRun } from './jobs/fail-run.ts';
import { tellRetry } from './jobs/tell-run.ts';
import { failTrial, tryImage } from './trials/try-image.ts';
import { failLeaderboard, rankLeaderboard } from './leaderboards/rank-leaderboard.ts';
import { ModelProcesses, type EndpointSettings } from './model-process/model-processes.ts';
import { register } from './registry/registration.ts';
import { startShardWorkers } from './shards/shard-workers.ts';
import { failSubmission, scoreSubmission } from './submissions/score-submission.ts';

export interface ExecutorOptions extends Limits {
  database: Database;
  storage: Storage;
  /** Started. */
  listener: Listener;
  /** Opened as `worker`, and started. */
  boss: PgBoss;
  log: Logger;
  endpoints: EndpointSettings;
}

export interface Executor {
  /** Lets what is at work end; what can not end in time is done again by another executor. */
  stop(): Promise<void>;
}

/** What is at work when an executor is stopped gets so long to end. */
const STOP_MILLISECONDS = 7000;

const POLLING = {
  batchSize: 1,
  includeMetadata: true,
  // New jobs wake us at once; polling is for retries, whose time comes without a notice.
  notifyPollingIntervalSeconds: 2,
  pollingIntervalSeconds: 1,
} as const;

/** Begins to take shards and jobs. One model, one evaluation and one import work at a time; more executors do more. */
export async function startExecutor({
  database,
  storage,
  listener,
  boss,
  log,
  endpoints,
  ...limits
}: ExecutorOptions): Promise<Executor> {
  const models = new ModelProcesses(storage, limits, endpoints);
  const environment = describeEnvironment(limits.threads);
  const done = { shardsDone: 0, samplesDone: 0 };
  const registration = await register(database, log, limits, environment, () => ({
    ...done,
    memoryBytes: process.memoryUsage.rss() + models.memoryBytes,
  }));
  const stopped = new AbortController();
  const context: ExecutorContext = {
    database,
    storage,
    listener,
    boss,
    log,
    models,
    environment,
    done,
    name: limits.name,
    executorId: registration.id,
    energy: await openEnergy(limits.powerWatts),
    price: limits.price,
    limits,
    stopped: stopped.signal,
  };
  const work = async (queue: JobName | `${JobName}-failed`, handle: (job: JobWithMetadata) => Promise<void>) => {
    const worker = await boss.work(queue, POLLING, async ([job]: JobWithMetadata[]) => {
      try {
        await handle(job!);
      } catch (error) {
        const { data, retryCount: attempt } = job!;
        log.error({ queue, data, attempt, error: (error as Error).stack }, 'a job failed');
        throw error; // so that the queue tries again
      } finally {
        boss.notifyWorker(worker); // There may be more: look at once, not at the next poll.
      }
    });
  };

  await work('evaluate-run', async (job) => {
    const runId = BigInt(jobData('evaluate-run', job).runId);
    try {
      await evaluateRun(context, runId);
    } catch (error) {
      await tellRetry(context, runId, 'The evaluation', error as Error);
      throw error;
    }
  });
  await work('import-dataset', async (job) => {
    const importId = BigInt(jobData('import-dataset', job).importId);
    await importDataset(context, importId);
    await queueAudits(context, importId);
  });
  await work('audit-version', (job) => auditDatasetVersion(context, BigInt(jobData('audit-version', job).versionId)));
  await work('rank-leaderboard', (job) =>
    rankLeaderboard(context, BigInt(jobData('rank-leaderboard', job).leaderboardId)),
  );
  // Its own worker, which takes no part in the turns of shards: a person waits for it.
  await work('try-image', (job) => tryImage(context, BigInt(jobData('try-image', job).trialId)));
  await work('score-submission', (job) =>
    scoreSubmission(context, BigInt(jobData('score-submission', job).submissionId)),
  );
  // Jobs whose retries are used up: whoever waits for them is told.
  await work(failedQueue('evaluate-run'), async (job) => {
    await failRun(database, BigInt(jobData('evaluate-run', job).runId), givenUp('The evaluation', job));
  });
  await work(failedQueue('import-dataset'), async (job) => {
    await failImport(database, BigInt(jobData('import-dataset', job).importId), [givenUp('The import', job)]);
  });
  await work(failedQueue('audit-version'), (job) => {
    // Nobody waits for it: it is tried again when an executor starts.
    const { versionId } = jobData('audit-version', job);
    log.error({ versionId, problem: givenUp('The audit', job) }, 'a dataset version could not be audited');
    return Promise.resolve();
  });
  await work(failedQueue('rank-leaderboard'), async (job) => {
    const { leaderboardId } = jobData('rank-leaderboard', job);
    await failLeaderboard(database, BigInt(leaderboardId), givenUp('The ranking', job));
  });
  const unaudited = await queueAudits(context);
  if (unaudited > 0) log.info({ versions: unaudited }, 'dataset versions are to be audited');
  await work(failedQueue('try-image'), async (job) => {
    await failTrial(database, BigInt(jobData('try-image', job).trialId), givenUp('The trial', job));
  });
  await work(failedQueue('score-submission'), async (job) => {
    const { submissionId } = jobData('score-submission', job);
    await failSubmission(database.pool, BigInt(submissionId), givenUp('The scoring', job));
  });
  const stopEmptying = keepBinEmpty(context, log);
  const workers = startShardWorkers(context, limits);
  return {
    async stop() {
      stopEmptying();
      const ended = Promise.all([workers.stop(), boss.stop({ graceful: true, timeout: STOP_MILLISECONDS })]);
      await Promise.race([ended, sleep(STOP_MILLISECONDS)]);
      models.stop(); // A shard that is still with a model is given back.
      stopped.abort();
      await ended;
      await registration.close();
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
