import { z } from 'zod';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

const environment = z
  .object({
    DATABASE_URL: z.string().min(1, 'DATABASE_URL must name a Postgres database'),
    SAMPLEWISE_STORAGE: z.string().min(1, 'SAMPLEWISE_STORAGE must name the folder of the blobs'),
    HOST: z.string().default('127.0.0.1'),
    PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
    SAMPLEWISE_API_TOKEN: z.string().min(16, 'SAMPLEWISE_API_TOKEN needs at least 16 characters').optional(),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
    NODE_ENV: z.string().default('development'),
    SAMPLEWISE_OPERATIONS: z.enum(['any', 'persisted']).default('any'),
    SAMPLEWISE_OPERATION_MANIFESTS: z.string().min(1).optional(),
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
  logLevel: string;
  /** Unexpected errors are masked in answers. */
  production: boolean;
  /** Pages may run only operations that a manifest has. */
  onlyKnownOperations: boolean;
  /** Files; undefined: the page's own, if it is built. */
  operationManifests: readonly string[] | undefined;
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
    logLevel: e.LOG_LEVEL,
    production: e.NODE_ENV === 'production',
    onlyKnownOperations: e.SAMPLEWISE_OPERATIONS === 'persisted',
    operationManifests: e.SAMPLEWISE_OPERATION_MANIFESTS?.split(',').map((file) => file.trim()),
  };
}
