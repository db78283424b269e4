import { IMPORT_LIMITS } from '@samplewise/domain';
import { z } from 'zod';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];
const ONE = '(openssl rand -hex 32 makes one)';

const environment = z
  .object({
    DATABASE_URL: z.string().min(1, 'DATABASE_URL must name a Postgres database'),
    SAMPLEWISE_STORAGE: z.string().min(1, 'SAMPLEWISE_STORAGE must name the folder of the blobs'),
    HOST: z.string().default('127.0.0.1'),
    PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
    SAMPLEWISE_API_TOKEN: z.string().min(16, 'SAMPLEWISE_API_TOKEN needs at least 16 characters').optional(),
    SAMPLEWISE_AUTH_SECRET: z.string().min(32, `SAMPLEWISE_AUTH_SECRET needs at least 32 characters ${ONE}`).optional(),
    SAMPLEWISE_PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must look like https://evaluate.example' }).optional(),
    SAMPLEWISE_SIGN_UP: z.enum(['invitation', 'open']).default('invitation'),
    SAMPLEWISE_OIDC_ISSUER: z.url({ protocol: /^https?$/, error: 'must be the address of the provider' }).optional(),
    SAMPLEWISE_OIDC_CLIENT_ID: z.string().min(1).optional(),
    SAMPLEWISE_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
    SAMPLEWISE_OIDC_EMAIL_DOMAIN: z
      .string()
      .regex(/^[a-z0-9.-]+\.[a-z]+$/, 'must look like evaluate.example')
      .optional(),
    SAMPLEWISE_TRUSTED_PROXIES: z
      .string()
      .transform((text) => text.split(',').map((part) => part.trim()))
      .default([]),
    SAMPLEWISE_UPLOAD_BYTES: z.coerce
      .number()
      .int()
      .min(1)
      .max(2 ** 43)
      .default(IMPORT_LIMITS.uploadBytes),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
    NODE_ENV: z.string().default('development'),
    SAMPLEWISE_OPERATIONS: z.enum(['any', 'persisted']).default('any'),
    SAMPLEWISE_OPERATION_MANIFESTS: z.string().min(1).optional(),
  })
  .refine((e) => isLoopback(e.HOST) || (e.SAMPLEWISE_API_TOKEN ?? e.SAMPLEWISE_AUTH_SECRET) !== undefined, {
    message: `listening beyond loopback needs SAMPLEWISE_API_TOKEN or SAMPLEWISE_AUTH_SECRET ${ONE}`,
    path: ['HOST'],
  })
  .refine((e) => isLoopback(e.HOST) || !e.SAMPLEWISE_AUTH_SECRET || e.SAMPLEWISE_PUBLIC_URL !== undefined, {
    message: 'accounts beyond loopback need the address under which people reach them',
    path: ['SAMPLEWISE_PUBLIC_URL'],
  })
  .refine(
    (e) =>
      new Set([e.SAMPLEWISE_OIDC_ISSUER, e.SAMPLEWISE_OIDC_CLIENT_ID, e.SAMPLEWISE_OIDC_CLIENT_SECRET].map(isGiven))
        .size === 1,
    {
      message: 'SAMPLEWISE_OIDC_ISSUER, _CLIENT_ID and _CLIENT_SECRET belong together',
      path: ['SAMPLEWISE_OIDC_ISSUER'],
    },
  )
  .refine((e) => e.SAMPLEWISE_OIDC_ISSUER === undefined || e.SAMPLEWISE_AUTH_SECRET !== undefined, {
    message: `it needs accounts: SAMPLEWISE_AUTH_SECRET ${ONE}`,
    path: ['SAMPLEWISE_OIDC_ISSUER'],
  });

const isLoopback = (host: string): boolean => LOOPBACK.includes(host);
const isGiven = (value: string | undefined): boolean => value !== undefined;

/** What people need to sign in. */
export interface AccountsConfig {
  /** Signs cookies and encrypts what providers give. */
  secret: string;
  /** The origin under which people reach the API. */
  publicUrl: string;
  /** Whether anybody may make an account, or only who was invited. The first person may in any case. */
  signUp: 'invitation' | 'open';
  oidc: { issuer: string; clientId: string; clientSecret: string; emailDomain: string | undefined } | undefined;
}

export interface Config {
  databaseUrl: string;
  storageFolder: string;
  host: string;
  port: number;
  /** The operator's: whoever bears it may do anything. */
  token: string | undefined;
  /** undefined: nobody signs in. */
  accounts: AccountsConfig | undefined;
  /** Addresses or ranges whose X-Forwarded-For is believed. */
  trustedProxies: string[];
  /** Most bytes of one upload. */
  uploadBytes: number;
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
  // An empty variable means the same as one that is not set: a Compose file can't leave one out.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = environment.safeParse(given);
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
    accounts: accountsOf(e),
    trustedProxies: e.SAMPLEWISE_TRUSTED_PROXIES,
    uploadBytes: e.SAMPLEWISE_UPLOAD_BYTES,
    logLevel: e.LOG_LEVEL,
    production: e.NODE_ENV === 'production',
    onlyKnownOperations: e.SAMPLEWISE_OPERATIONS === 'persisted',
    operationManifests: e.SAMPLEWISE_OPERATION_MANIFESTS?.split(',').map((file) => file.trim()),
  };
}

function accountsOf(e: z.infer<typeof environment>): AccountsConfig | undefined {
  if (e.SAMPLEWISE_AUTH_SECRET === undefined) return undefined;
  const host = e.HOST.includes(':') ? `[${e.HOST}]` : e.HOST;
  return {
    secret: e.SAMPLEWISE_AUTH_SECRET,
    publicUrl: new URL(e.SAMPLEWISE_PUBLIC_URL ?? `http://${host}:${e.PORT}`).origin,
    signUp: e.SAMPLEWISE_SIGN_UP,
    oidc:
      e.SAMPLEWISE_OIDC_ISSUER === undefined
        ? undefined
        : {
            issuer: e.SAMPLEWISE_OIDC_ISSUER,
            clientId: e.SAMPLEWISE_OIDC_CLIENT_ID!,
            clientSecret: e.SAMPLEWISE_OIDC_CLIENT_SECRET!,
            emailDomain: e.SAMPLEWISE_OIDC_EMAIL_DOMAIN,
          },
  };
}
