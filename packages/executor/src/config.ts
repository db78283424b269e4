import os from 'node:os';
import { z } from 'zod';

const environment = z.object({
  DATABASE_URL: z.string().min(1, 'DATABASE_URL must name a Postgres database'),
  SAMPLEWISE_STORAGE: z.string().min(1, 'SAMPLEWISE_STORAGE must name the folder of the blobs'),
  SAMPLEWISE_EXECUTOR_THREADS: z.coerce.number().int().min(1).max(256).default(os.availableParallelism()),
  SAMPLEWISE_EXECUTOR_TIMEOUT_SECONDS: z.coerce.number().int().min(1).max(86_400).default(300),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

export interface Config {
  databaseUrl: string;
  storageFolder: string;
  /** Of one model's inference. */
  threads: number;
  /** A model that shows no progress for so long is given up. */
  timeoutSeconds: number;
  logLevel: string;
}

/** @throws Error with one line for each variable that is wrong */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const result = environment.safeParse(env);
  if (!result.success) {
    throw new Error(result.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('\n'));
  }
  const e = result.data;
  return {
    databaseUrl: e.DATABASE_URL,
    storageFolder: e.SAMPLEWISE_STORAGE,
    threads: e.SAMPLEWISE_EXECUTOR_THREADS,
    timeoutSeconds: e.SAMPLEWISE_EXECUTOR_TIMEOUT_SECONDS,
    logLevel: e.LOG_LEVEL,
  };
}
