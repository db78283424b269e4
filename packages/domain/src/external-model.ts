import { z } from 'zod';
import { labels, prose } from './names.ts';

/**
 * A model that the executor does not run: its predictions come from a client. The config says what it is, so that its
 * runs stand beside the others'.
 */
export const externalModelSpec = z.strictObject({
  kind: z.literal('external'),
  labels,
  /** Markdown: where it comes from, how it was run. */
  description: prose.default(''),
  /** Where more about it is found. */
  url: z.url({ protocol: /^https?$/, error: 'must be an address such as https://example.org/model' }).optional(),
});
export type ExternalModelSpec = z.infer<typeof externalModelSpec>;
