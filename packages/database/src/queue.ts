import type pg from 'pg';
import { fromPrisma, PgBoss, type Db, type Job, type Queue } from 'pg-boss';
import { z } from 'zod';
import type { PrismaScope } from './client.ts';

const rowId = z.string().regex(/^\d+$/);

/**
 * Every queue's message, one contract for those who send and those who work. The shards of runs are not among them: which
 * one is next depends on priorities, pauses and what other teams have had, and changes after they are queued, so that
 * they are taken from their own table (packages/executor/src/shards/claim-shard.ts).
 */
export const JOBS = {
  /** Compute a run's evaluation when its last shard is in, and finish it. */
  'evaluate-run': z.object({ runId: rowId }),
  /** Read an uploaded file into a dataset version. */
  'import-dataset': z.object({ importId: rowId }),
  /** Measure a dataset version's images, as far as they are not yet, and audit it. */
  'audit-version': z.object({ versionId: rowId }),
  /** Compute a leaderboard's rows anew. */
  'rank-leaderboard': z.object({ leaderboardId: rowId }),
  /** Evaluate a submission on the parts of its board. */
  'score-submission': z.object({ submissionId: rowId }),
  /** Try a model, a restoration or both on one picture, for which a person waits. */
  'try-image': z.object({ trialId: rowId }),
} as const;
export type JobName = keyof typeof JOBS;
export type JobData<N extends JobName> = z.infer<(typeof JOBS)[N]>;

/** Jobs whose retries are used up arrive here, named `<queue>-failed`. */
export const failedQueue = (name: JobName): `${JobName}-failed` => `${name}-failed`;

const DAY = 24 * 3600;
/** Queues of former versions. */
const RETIRED = ['predict-shard', 'predict-shard-failed'];
/** Executors are presumed dead, and their work given to others, after this silence. pg-boss allows no less than 10. */
export const HEARTBEAT_SECONDS = 10;

const OPTIONS: Record<JobName, Omit<Queue, 'name'>> = {
  'evaluate-run': { retryLimit: 10, heartbeatSeconds: HEARTBEAT_SECONDS, expireInSeconds: 3600 },
  'import-dataset': { retryLimit: 3, heartbeatSeconds: HEARTBEAT_SECONDS, expireInSeconds: DAY - 1 },
  'audit-version': { retryLimit: 3, heartbeatSeconds: HEARTBEAT_SECONDS, expireInSeconds: DAY - 1 },
  'rank-leaderboard': { retryLimit: 3, heartbeatSeconds: HEARTBEAT_SECONDS, expireInSeconds: 3600 },
  'score-submission': { retryLimit: 10, heartbeatSeconds: HEARTBEAT_SECONDS, expireInSeconds: 3600 },
  'try-image': { retryLimit: 2, heartbeatSeconds: HEARTBEAT_SECONDS, expireInSeconds: 3600 },
};

/** Seconds that a job waits, so that one computation serves the changes that come meanwhile. */
const DELAYS: Partial<Record<JobName, number>> = { 'rank-leaderboard': 1 };

/**
 * The queue. Jobs stay for 365 days when nobody works, so that a run queued before the holidays is not lost.
 * @param role a `sender` (the API) only sends; a `worker` (an executor) also watches heartbeats and retries
 */
export function openQueue(url: string, role: 'sender' | 'worker'): PgBoss {
  return new PgBoss({
    connectionString: url,
    application_name: `samplewise-queue-${role}`,
    max: role === 'worker' ? 6 : 2,
    migrate: false,
    createSchema: false,
    schedule: false,
    supervise: role === 'worker',
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    useListenNotify: role === 'worker',
  });
}

/** Makes pg-boss's own tables and our queues; part of the migration. */
export async function installQueues(url: string): Promise<void> {
  const boss = new PgBoss({ connectionString: url, max: 2, supervise: false, schedule: false });
  await boss.start();
  try {
    for (const name of RETIRED) if (await boss.getQueue(name)) await boss.deleteQueue(name);
    for (const name of Object.keys(JOBS) as JobName[]) {
      await boss.createQueue(failedQueue(name), {
        retryLimit: 100,
        retryBackoff: true,
        retryDelayMax: 60,
        notify: true,
      });
      await boss.createQueue(name, {
        ...OPTIONS[name],
        retryBackoff: true,
        retryDelay: 1,
        retryDelayMax: 60,
        retentionSeconds: 365 * DAY,
        deadLetter: failedQueue(name),
        notify: true,
      });
    }
  } finally {
    await boss.stop();
  }
}

/**
 * Sends jobs as part of the given transaction: they exist if and only if it commits.
 * @param transaction Prisma's, or that of a pg connection
 * @param startAfter not to be worked on before; at once unless given
 */
export async function enqueue<N extends JobName>(
  boss: PgBoss,
  transaction: PrismaScope | pg.ClientBase,
  name: N,
  jobs: JobData<N>[],
  startAfter?: Date,
): Promise<void> {
  const db: Db = '$queryRawUnsafe' in transaction ? fromPrisma(transaction) : fromClient(transaction);
  await boss.insert(
    name,
    jobs.map((data) => ({ data: JOBS[name].parse(data), startAfter: startAfter ?? DELAYS[name] ?? 0 })),
    { db },
  );
}

const fromClient = (client: pg.ClientBase): Db => ({
  executeSql: (text, values) => client.query(text, values),
});

/** A job's data, checked against its contract. */
export function jobData<N extends JobName>(name: N, job: Job): JobData<N> {
  return JOBS[name].parse(job.data) as JobData<N>;
}
