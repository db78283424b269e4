import { KEY_PREFIX } from '@samplewise/domain';
import os from 'node:os';
import { z } from 'zod';
import type { EndpointSettings } from './model-process/model-processes.ts';

const MEBIBYTE = 1024 * 1024;
/** The share of the machine's memory, or of its container's, that one model's process may take. */
const MEMORY_SHARE = 0.75;

/** `http://127.0.0.1:11434, https://api.example.org`; of each the origin counts. */
const origins = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .transform((parts) => parts.filter((part) => part !== ''))
  .pipe(z.array(z.url({ protocol: /^https?$/, error: 'must be addresses such as http://127.0.0.1:11434' })))
  .transform((urls) => urls.map((url) => new URL(url).origin));

const positive = z.coerce.number().positive().max(1e6);

const environment = z
  .object({
    DATABASE_URL: z.string().min(1, 'DATABASE_URL must name a Postgres database'),
    SAMPLEWISE_STORAGE: z.string().min(1, 'SAMPLEWISE_STORAGE must name the folder of the blobs'),
    SAMPLEWISE_EXECUTOR_NAME: z.string().trim().min(1).max(120).default(os.hostname()),
    SAMPLEWISE_EXECUTOR_THREADS: z.coerce.number().int().min(1).max(256).default(os.availableParallelism()),
    SAMPLEWISE_EXECUTOR_SHARDS: z.coerce.number().int().min(1).max(16).default(3),
    SAMPLEWISE_EXECUTOR_TIMEOUT_SECONDS: z.coerce.number().int().min(1).max(86_400).default(300),
    SAMPLEWISE_EXECUTOR_MEMORY_MB: z.coerce.number().int().min(128).max(16_777_216).default(defaultMemory()),
    SAMPLEWISE_EXECUTOR_TURN_SECONDS: z.coerce.number().min(0).max(3600).default(3),
    SAMPLEWISE_MODEL_ENDPOINTS: origins.default([]),
    SAMPLEWISE_POWER_WATTS: positive.optional(),
    SAMPLEWISE_PRICE_PER_HOUR: z.coerce.number().min(0).max(1e6).optional(),
    SAMPLEWISE_CURRENCY: z
      .string()
      .regex(/^[A-Z]{3}$/, 'must be a code of ISO 4217, such as EUR')
      .default('USD'),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  })
  .transform((e) => ({
    databaseUrl: e.DATABASE_URL,
    storageFolder: e.SAMPLEWISE_STORAGE,
    logLevel: e.LOG_LEVEL,
    endpoints: { allowed: e.SAMPLEWISE_MODEL_ENDPOINTS },
    limits: {
      name: e.SAMPLEWISE_EXECUTOR_NAME,
      threads: e.SAMPLEWISE_EXECUTOR_THREADS,
      shardsAtOnce: e.SAMPLEWISE_EXECUTOR_SHARDS,
      timeoutSeconds: e.SAMPLEWISE_EXECUTOR_TIMEOUT_SECONDS,
      memoryBytes: e.SAMPLEWISE_EXECUTOR_MEMORY_MB * MEBIBYTE,
      turnSeconds: e.SAMPLEWISE_EXECUTOR_TURN_SECONDS,
      powerWatts: e.SAMPLEWISE_POWER_WATTS,
      price:
        e.SAMPLEWISE_PRICE_PER_HOUR === undefined
          ? undefined
          : { perHour: e.SAMPLEWISE_PRICE_PER_HOUR, currency: e.SAMPLEWISE_CURRENCY },
    },
  }));

/** What an hour of this machine costs. */
export interface Price {
  perHour: number;
  /** ISO 4217 */
  currency: string;
}

/** How much an executor takes, and what that costs. */
export interface Limits {
  /** For people; several executors may have one name. */
  name: string;
  /** Of one model's inference. */
  threads: number;
  /** Shards at the same time: by default one that is read or written, one that is predicted, and one that is next. */
  shardsAtOnce: number;
  /** A model that shows no progress for so long is given up. */
  timeoutSeconds: number;
  /** Most memory of a model's process. */
  memoryBytes: number;
  /** A team is served for so long before it is another's turn. */
  turnSeconds: number;
  /** What the machine takes at work, where it can not be measured. */
  powerWatts: number | undefined;
  price: Price | undefined;
}

export interface Config {
  databaseUrl: string;
  storageFolder: string;
  logLevel: string;
  endpoints: EndpointSettings;
  limits: Limits;
}

/** @throws Error with one line for each variable that is wrong */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const result = environment.safeParse(env);
  if (!result.success) {
    throw new Error(result.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('\n'));
  }
  const keys = Object.entries(env).filter((v): v is [string, string] => v[0].startsWith(KEY_PREFIX) && !!v[1]);
  return { ...result.data, endpoints: { ...result.data.endpoints, keys: new Map(keys) } };
}

function defaultMemory(): number {
  // A container without a limit reports none, or one beyond the machine's memory.
  const container = process.constrainedMemory();
  const memory = container > 0 ? Math.min(container, os.totalmem()) : os.totalmem();
  return Math.max(128, Math.floor((memory * MEMORY_SHARE) / MEBIBYTE));
}
