import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { StartProblem } from './problem.ts';

export const ROOT = path.resolve(import.meta.dirname, '../..');

const port = z.coerce
  .number('must be a number')
  .int('must be a whole number')
  .min(1, 'must be between 1 and 65535')
  .max(65_535, 'must be between 1 and 65535');

/** An empty variable means the same as one that is not set: that is how people switch one off. */
const orUnset = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema);

const environment = z.object({
  PORT: orUnset(port.default(3000)),
  SAMPLEWISE_API_PORT: orUnset(port.default(4000)),
  SAMPLEWISE_HOME: orUnset(z.string().default(path.join(ROOT, '.samplewise'))),
  DATABASE_URL: orUnset(
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'must look like postgresql://user:password@host:5432/database')
      .optional(),
  ),
  SAMPLEWISE_API_TOKEN: orUnset(z.string().min(16, 'needs at least 16 characters').optional()),
  SAMPLEWISE_AUTH_SECRET: orUnset(z.string().min(32, 'needs at least 32 characters').optional()),
  SAMPLEWISE_PUBLIC_URL: orUnset(
    z.url({ protocol: /^https?$/, error: 'must look like https://evaluate.example' }).optional(),
  ),
  SAMPLEWISE_TRUSTED_PROXIES: orUnset(z.string().default('loopback')),
});

export interface StartConfig {
  /** Of the page. */
  readonly port: number;
  readonly apiPort: number;
  /** Folder of everything that is kept: database, blobs, logs. */
  readonly home: string;
  /** A Postgres of the user's; undefined: the embedded one. */
  readonly databaseUrl: string | undefined;
  readonly token: string | undefined;
  /** The page's address for people who sign in; undefined where nobody does. */
  readonly publicUrl: string | undefined;
  /** What is before the page and tells whose requests it hands on; for the limit of attempts to sign in. */
  readonly trustedProxies: string;
}

/** @throws StartProblem with a line for each variable that is wrong */
export function readConfig(env: NodeJS.ProcessEnv = process.env): StartConfig {
  const result = environment.safeParse(env);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`);
    throw new StartProblem(lines.join('\n'), 'Change or unset what is named above, and start again.');
  }
  const e = result.data;
  const hasAccounts = e.SAMPLEWISE_AUTH_SECRET !== undefined;
  if (e.PORT === e.SAMPLEWISE_API_PORT) {
    throw new StartProblem(
      `The page and the API can't both have port ${e.PORT}.`,
      `Give one of them another: SAMPLEWISE_API_PORT=${e.PORT === 65_535 ? 4000 : e.PORT + 1} npm start`,
    );
  }
  return {
    port: e.PORT,
    apiPort: e.SAMPLEWISE_API_PORT,
    home: path.resolve(e.SAMPLEWISE_HOME),
    databaseUrl: e.DATABASE_URL,
    // With accounts the operator's programs need one too, the seeding of the demo among them.
    token: e.SAMPLEWISE_API_TOKEN ?? (hasAccounts ? randomBytes(32).toString('hex') : undefined),
    publicUrl: hasAccounts ? (e.SAMPLEWISE_PUBLIC_URL ?? `http://127.0.0.1:${e.PORT}`) : undefined,
    // The page itself is one.
    trustedProxies: e.SAMPLEWISE_TRUSTED_PROXIES,
  };
}
