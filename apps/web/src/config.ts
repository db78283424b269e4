import 'server-only';
import { z } from 'zod';

/** Empty means the same as unset: a Compose file can't leave a variable out. */
const orUnset = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema);

const environment = z.object({
  SAMPLEWISE_API_URL: orUnset(z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:4000')),
  SAMPLEWISE_API_TOKEN: orUnset(z.string().min(1).optional()),
  SAMPLEWISE_ACCOUNTS: orUnset(z.literal('on').optional()),
  SAMPLEWISE_PUBLIC_URL: orUnset(z.url({ protocol: /^https?$/ }).optional()),
});

export interface WebConfig {
  apiUrl: string;
  /** With it whoever reaches the page has the operator's rights; without it, those of their own session. */
  token: string | undefined;
  /** The origin under which people reach the page; unset it is whatever they ask for, or this machine's names. */
  publicOrigin: string | undefined;
}

/** Read at the first request, not at build time: one build serves every installation. */
export function readConfig(): WebConfig {
  const e = environment.parse(process.env);
  return {
    apiUrl: e.SAMPLEWISE_API_URL.replace(/\/$/, ''),
    // Where people sign in, nobody gets more than is theirs, whatever else the environment has.
    token: e.SAMPLEWISE_ACCOUNTS === 'on' ? undefined : e.SAMPLEWISE_API_TOKEN,
    publicOrigin: e.SAMPLEWISE_PUBLIC_URL === undefined ? undefined : new URL(e.SAMPLEWISE_PUBLIC_URL).origin,
  };
}
