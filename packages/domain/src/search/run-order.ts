import { z } from 'zod';
import { runKey } from '../names.ts';
import { METRIC_AGGREGATES } from './run-filter.ts';

export const ORDER_FIELDS = [
  'ID',
  'NAME',
  'STATUS',
  'GROUP',
  'SEED',
  'CREATED',
  'STARTED',
  'FINISHED',
  'DURATION',
  'MODEL',
  'RESTORATION',
  'EXPERIMENT',
] as const;
export const COST_MEASURES = ['WALL_SECONDS', 'CPU_SECONDS', 'PEAK_MEMORY', 'ENERGY', 'PRICE'] as const;
export const COST_PHASES = ['PREPROCESSING', 'TRAINING', 'INFERENCE', 'EVALUATION'] as const;
/** Terms of one order. */
const ORDER_LIMIT = 3;

const term = z
  .strictObject({
    field: z.enum(ORDER_FIELDS).optional(),
    /** By its number unless `text` is set. */
    param: z.strictObject({ key: runKey, text: z.boolean().optional() }).optional(),
    tag: runKey.optional(),
    metric: z.strictObject({ key: runKey, aggregate: z.enum(METRIC_AGGREGATES).optional() }).optional(),
    /** Of one phase, or of all of them: their sum; of memory, the most. */
    cost: z.strictObject({ measure: z.enum(COST_MEASURES), phase: z.enum(COST_PHASES).optional() }).optional(),
    direction: z.enum(['ASC', 'DESC']).optional(),
  })
  .refine(
    ({ field, param, tag, metric, cost }) =>
      [field, param, tag, metric, cost].filter((by) => by !== undefined).length === 1,
    'must name one of field, param, tag, metric and cost',
  );
export type RunOrder = z.infer<typeof term>;
export type CostOrder = NonNullable<RunOrder['cost']>;

/** Runs that have no value, and NaN, come last in either direction; what is equal is in the order of ids. */
export const runOrder = z.array(term).max(ORDER_LIMIT, `can have at most ${ORDER_LIMIT} terms`);
