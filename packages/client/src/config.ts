import { parseInput } from '@samplewise/domain';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const schema = z.object({
  SAMPLEWISE_URL: z.url({ protocol: /^https?$/, error: 'must be an address such as http://127.0.0.1:4000' }).optional(),
  SAMPLEWISE_TOKEN: z.string().min(1).optional(),
});

export const DEFAULT_URL = 'http://127.0.0.1:4000';

export interface ClientConfig {
  /** Address of the API. */
  url: string;
  token?: string;
}

/**
 * The command line's settings from the environment.
 * @throws InvalidInput naming the variable
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): ClientConfig {
  const { SAMPLEWISE_URL: url = DEFAULT_URL, SAMPLEWISE_TOKEN: token } = parseInput(schema, environment);
  return token === undefined ? { url } : { url, token };
}

const cacheSchema = z.object({
  SAMPLEWISE_CACHE: z.string().min(1).optional(),
  XDG_CACHE_HOME: z.string().min(1).optional(),
});

/** Where downloaded weights are kept: `SAMPLEWISE_CACHE`, or below the user's own cache folder. */
export function readCacheFolder(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const { SAMPLEWISE_CACHE: own, XDG_CACHE_HOME: users } = parseInput(cacheSchema, environment);
  return own ?? path.join(users ?? path.join(os.homedir(), '.cache'), 'samplewise', 'weights');
}
