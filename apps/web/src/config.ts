import 'server-only';
import { z } from 'zod';

const environment = z.object({
  SAMPLEWISE_API_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:4000'),
  SAMPLEWISE_API_TOKEN: z.string().min(1).optional(),
});

/** Read at the first request, not at build time: one build serves every installation. */
export function readConfig(): { apiUrl: string; token: string | undefined } {
  const { SAMPLEWISE_API_URL, SAMPLEWISE_API_TOKEN } = environment.parse(process.env);
  return { apiUrl: SAMPLEWISE_API_URL.replace(/\/$/, ''), token: SAMPLEWISE_API_TOKEN };
}
