import { z } from 'zod';
import { displayName, runKey } from '../names.ts';
import { readSearch } from './parse.ts';
import { METRIC_AGGREGATES, runFilter } from './run-filter.ts';
import { runOrder } from './run-order.ts';

const COLUMN_LIMIT = 500;
/** Of filter, order and columns together, as JSON. */
const VIEW_LIMIT = 200_000;

export const COLUMN_KINDS = ['FIELD', 'PARAM', 'METRIC', 'TAG'] as const;

const viewColumn = z.strictObject({
  kind: z.enum(COLUMN_KINDS),
  /** Of a field its name in the API, such as `createdAt`. */
  key: runKey,
  /** Of a metric: what is taken of its points; CURVE: all of them, as a small drawing. */
  aggregate: z.enum([...METRIC_AGGREGATES, 'CURVE']).optional(),
  /** Pixels. */
  width: z.number().int().min(20).max(2000).optional(),
  pinned: z.boolean().optional(),
});

export type ViewColumn = z.infer<typeof viewColumn>;
export const viewColumns = z.array(viewColumn).max(COLUMN_LIMIT, `can be at most ${COLUMN_LIMIT}`);

const view = z.strictObject({
  name: displayName,
  shared: z.boolean(),
  filter: runFilter,
  search: z.string().superRefine((text, context) => {
    const read = readSearch(text);
    if ('error' in read) {
      const { message, from, mend } = read.error;
      context.addIssue({ code: 'custom', message: `Character ${from + 1}: ${message} ${mend}` });
    }
  }),
  order: runOrder,
  columns: viewColumns,
});

const small = (of: unknown): boolean => JSON.stringify(of).length <= VIEW_LIMIT;
const TOO_LONG = `must have at most ${VIEW_LIMIT} characters as JSON`;

export const newView = view.partial().required({ name: true }).refine(small, TOO_LONG);
/** What is left out stays. */
export const viewChange = view
  .extend({
    /** Tables of the project's runs open with it, and no longer with another one. */
    isDefault: z.boolean(),
  })
  .partial()
  .refine(small, TOO_LONG);
export type ViewChange = z.infer<typeof viewChange>;
