import { KEY_PREFIX } from '@samplewise/domain';
import os from 'node:os';
import { z } from 'zod';
import type { EndpointSettings } from './model-process/model-processes.ts';

/** `http://127.0.0.1:11434, https://api.example.org`; of each the origin counts. */
const origins = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .transform((parts) => parts.filter((part) => part !== ''))
  .pipe(z.array(z.url({ protocol: /^https?$/, error: 'must be addresses such as http://127.0.0.1:11434' })))
  .transform((urls) => urls.map((url) => new URL(url).origin));

const environment = z.object({
  DATABASE_URL: z.string().min(1, 'DATABASE_URL must name a Postgres database'),
  SAMPLEWISE_STORAGE: z.string().min(1, 'SAMPLEWISE_STORAGE must name the folder of the blobs'),
  SAMPLEWISE_EXECUTOR_THREADS: z.coerce.number().int().min(1).max(256).default(os.availableParallelism()),
  SAMPLEWISE_EXECUTOR_TIMEOUT_SECONDS: z.coerce.number().int().min(1).max(86_400).default(300),
  SAMPLEWISE_MODEL_ENDPOINTS: origins.default([]),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

export interface Config {
  databaseUrl: string;
  storageFolder: string;
  /** Of one model's inference. */
  threads: number;
  /** A model that shows no progress for so long is given up. */
  timeoutSeconds: number;
  endpoints: EndpointSettings;
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
    endpoints: {
      allowed: e.SAMPLEWISE_MODEL_ENDPOINTS,
      keys: new Map(Object.entries(env).filter((v): v is [string, string] => v[0].startsWith(KEY_PREFIX) && !!v[1])),
    },
    logLevel: e.LOG_LEVEL,
  };
}
