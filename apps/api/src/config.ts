import { IMPORT_LIMITS } from '@samplewise/domain';
import { z } from 'zod';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

const environment = z
  .object({
    DATABASE_URL: z.string().min(1, 'DATABASE_URL must name a Postgres database'),
    SAMPLEWISE_STORAGE: z.string().min(1, 'SAMPLEWISE_STORAGE must name the folder of the blobs'),
    HOST: z.string().default('127.0.0.1'),
    PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
    SAMPLEWISE_API_TOKEN: z.string().min(16, 'SAMPLEWISE_API_TOKEN needs at least 16 characters').optional(),
    SAMPLEWISE_UPLOAD_BYTES: z.coerce
      .number()
      .int()
      .min(1)
      .max(2 ** 43)
      .default(IMPORT_LIMITS.uploadBytes),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
    NODE_ENV: z.string().default('development'),
  })
  .refine((e) => LOOPBACK.includes(e.HOST) || e.SAMPLEWISE_API_TOKEN !== undefined, {
    message: 'listening beyond loopback needs SAMPLEWISE_API_TOKEN (openssl rand -hex 32 makes one)',
    path: ['HOST'],
  });

export interface Config {
  databaseUrl: string;
  storageFolder: string;
  host: string;
  port: number;
  /** When set, every request needs it as a bearer token. */
  token: string | undefined;
  /** Most bytes of one upload. */
  uploadBytes: number;
  logLevel: string;
  /** Unexpected errors are masked in answers. */
  production: boolean;
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
    host: e.HOST,
    port: e.PORT,
    token: e.SAMPLEWISE_API_TOKEN,
    uploadBytes: e.SAMPLEWISE_UPLOAD_BYTES,
    logLevel: e.LOG_LEVEL,
    production: e.NODE_ENV === 'production',
  };
}
