import type pg from 'pg';
import { fromPrisma, PgBoss, type Db, type Job, type Queue } from 'pg-boss';
import { z } from 'zod';
import type { PrismaScope } from './client.ts';

const rowId = z.string().regex(/^\d+$/);

/** Every queue's message, one contract for those who send and those who work. */
export const JOBS = {
  /** Predict one shard of a run. */
  'predict-shard': z.object({ runId: rowId, shard: z.number().int().min(0) }),
  /** Compute a run's evaluation when its last shard is in, and finish it. */
  'evaluate-run': z.object({ runId: rowId }),
  /** Read an uploaded file into a dataset version. */
  'import-dataset': z.object({ importId: rowId }),
  /** Compute a leaderboard's rows anew. */
  'rank-leaderboard': z.object({ leaderboardId: rowId }),
} as const;
export type JobName = keyof typeof JOBS;
export type JobData<N extends JobName> = z.infer<(typeof JOBS)[N]>;

/** Jobs whose retries are used up arrive here, named `<queue>-failed`. */
export const failedQueue = (name: JobName): `${JobName}-failed` => `${name}-failed`;

const DAY = 24 * 3600;
/** Executors are presumed dead, and their jobs given to others, after this silence. pg-boss allows no less than 10. */
export const HEARTBEAT_SECONDS = 10;

const OPTIONS: Record<JobName, Omit<Queue, 'name'>> = {
  'predict-shard': { retryLimit: 10, heartbeatSeconds: HEARTBEAT_SECONDS, expireInSeconds: DAY - 1 },
  'evaluate-run': { retryLimit: 10, heartbeatSeconds: HEARTBEAT_SECONDS, expireInSeconds: 3600 },
  'import-dataset': { retryLimit: 3, heartbeatSeconds: HEARTBEAT_SECONDS, expireInSeconds: DAY - 1 },
  'rank-leaderboard': { retryLimit: 3, heartbeatSeconds: HEARTBEAT_SECONDS, expireInSeconds: 3600 },
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
 *
 * pg-boss takes jobs by priority, then time. Jobs of one transaction have one time, so the shards of its runs would
 * come mixed, and executors would load one model after another: earlier runs therefore have the higher priority.
 * @param transaction Prisma's, or that of a pg connection
 */
export async function enqueue<N extends JobName>(
  boss: PgBoss,
  transaction: PrismaScope | pg.ClientBase,
  name: N,
  jobs: JobData<N>[],
): Promise<void> {
  const db: Db = '$queryRawUnsafe' in transaction ? fromPrisma(transaction) : fromClient(transaction);
  const priority = (data: JobData<N>): number => ('runId' in data ? -Number(data.runId) : 0);
  await boss.insert(
    name,
    jobs.map((data) => ({ data: JOBS[name].parse(data), priority: priority(data), startAfter: DELAYS[name] ?? 0 })),
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
