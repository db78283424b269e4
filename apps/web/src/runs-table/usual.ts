import type { ViewColumn } from '@samplewise/domain/search';
import type { RunsTableHeadQuery } from '@/generated/graphql';
import { ESTIMATED } from './columns';

type Project = Extract<RunsTableHeadQuery['node'], { __typename: 'Project' }>;
/** What of params, metrics and tags the runs have. */
export type KnownColumn = Project['runColumns']['columns'][number];

const METRICS = 3;
const PARAMS = 3;
/** The machinery's own metrics, which nobody looks for in a table. */
const INTERNAL = /^(executor|restoration|system)\//;

const field = (key: string, more: Partial<ViewColumn> = {}): ViewColumn => ({ kind: 'FIELD', key, ...more });

/** Columns of a table that nobody has arranged: who it is, what it reached, and in what it differs from the others. */
export function usualColumns(known: readonly KnownColumn[], ofExperiment: boolean): ViewColumn[] {
  const metrics = known.filter(({ kind, key }) => kind === 'METRIC' && !INTERNAL.test(key));
  const isEvaluated = metrics.some(({ key }) => key === 'accuracy');
  const mostFrequent = (columns: readonly KnownColumn[], count: number): ViewColumn[] =>
    columns
      .toSorted((a, b) => b.runs - a.runs)
      .slice(0, count)
      .map(({ kind, key }) => ({ kind, key }));
  const evaluated = metrics.filter(({ key }) => key !== 'balanced_accuracy' && ESTIMATED.includes(key));
  const others = metrics.filter(({ key }) => !ESTIMATED.includes(key) && key !== 'samples_per_second');
  return [
    field('name', { pinned: true }),
    field('status'),
    ...(ofExperiment ? [] : [field('experiment')]),
    ...(isEvaluated ? [field('modelConfig'), field('restorationConfig')] : []),
    ...evaluated.map(({ kind, key }) => ({ kind, key })),
    ...mostFrequent(others, METRICS),
    ...(isEvaluated ? [{ kind: 'METRIC', key: 'samples_per_second' } as const] : []),
    ...mostFrequent(
      known.filter(({ kind, differs }) => kind === 'PARAM' && differs),
      PARAMS,
    ),
    field('duration'),
    field('createdAt'),
  ];
}

/** Params of which every value is a number. */
export const numericParams = (known: readonly KnownColumn[]): ReadonlySet<string> =>
  new Set(known.filter(({ kind, numeric }) => kind === 'PARAM' && numeric).map(({ key }) => key));
