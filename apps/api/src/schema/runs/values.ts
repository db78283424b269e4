import { InvalidInput, problem } from '@samplewise/domain';
import { hiddenSplits } from '../../auth/labels/hidden-splits.ts';
import { runEstimates } from '../../runs/read-estimates.ts';
import { metricValues, paramValues, tagValues } from '../../runs/read-values.ts';
import { builder } from '../builder.ts';
import { EstimateRef } from './evaluation.ts';
import { MetricAggregateEnum } from './search-inputs.ts';
import './run.ts';

/** Columns of one table. Where it has none of a kind, nothing is read. */
const KEY_LIMIT = 500;

const ORDER = 'In the order of the keys, null where the run has none: what a table shows.';
const KEYS = `Up to ${KEY_LIMIT}.`;

builder.prismaObjectFields('Run', (t) => ({
  paramValues: t.field({
    type: ['String'],
    nullable: { list: false, items: true },
    description: ORDER,
    args: { keys: t.arg.stringList({ required: true, description: KEYS }) },
    select: { id: true },
    resolve: async ({ id }, { keys }, context) =>
      (keys.length === 0 ? [] : await paramValues(context, { runId: id, keys: checked(keys) })).map((value) =>
        value === null ? null : String(value),
      ),
  }),
  tagValues: t.field({
    type: ['String'],
    nullable: { list: false, items: true },
    description: ORDER,
    args: { keys: t.arg.stringList({ required: true, description: KEYS }) },
    select: { id: true },
    resolve: async ({ id }, { keys }, context) =>
      (keys.length === 0 ? [] : await tagValues(context, { runId: id, keys: checked(keys) })).map((value) =>
        value === null ? null : String(value),
      ),
  }),
  metricValues: t.field({
    type: ['MetricValue'],
    nullable: { list: false, items: true },
    description: ORDER,
    // Figures of hidden labels are not logged.
    labels: 'free',
    args: {
      keys: t.arg.stringList({ required: true, description: KEYS }),
      aggregate: t.arg({ type: MetricAggregateEnum, description: 'LAST unless given.' }),
    },
    select: { id: true },
    resolve: async ({ id }, { keys, aggregate }, context) => {
      if (keys.length === 0) return [];
      const values = await metricValues(context, { runId: id, keys: checked(keys), aggregate: aggregate ?? 'LAST' });
      return values.map((value) => (value === null ? null : Number(value)));
    },
  }),
  estimates: t.field({
    type: [EstimateRef],
    nullable: { list: false, items: true },
    description:
      'Metrics of its evaluation with their intervals, in the order in which they are asked for; null where it has none of this name. What a table shows beside `metricValues`.',
    complexity: ({ metrics }) => ({ field: metrics.length, multiplier: metrics.length }),
    labels: 'narrowed',
    args: { metrics: t.arg.stringList({ required: true, description: `Such as accuracy and macro_f1. ${KEYS}` }) },
    select: { id: true },
    resolve: async ({ id }, { metrics }, context) => {
      if (metrics.length === 0) return [];
      return (await hiddenSplits(context, 'Run', id)).length > 0
        ? checked(metrics).map(() => null)
        : runEstimates(context, { runId: id, metrics: checked(metrics) });
    },
  }),
}));

function checked(keys: readonly string[]): readonly string[] {
  if (keys.length <= KEY_LIMIT) return keys;
  throw new InvalidInput(
    problem('TOO_LARGE', `These are ${keys.length} keys.`, {
      place: 'keys',
      mend: `Ask for at most ${KEY_LIMIT} at once.`,
    }),
  );
}
