import type { MetricAggregate, ViewColumn } from '@samplewise/domain/search';
import type { EstimateFragment, RunCellsFragment } from '@/generated/graphql';
import { costOf, hasInterval, idOf } from './columns';

/** Which values come with a row: variables of every operation that has RunCells. */
export interface Values {
  paramsOf: string[];
  tagsOf: string[];
  lastOf: string[];
  minOf: string[];
  maxOf: string[];
  stepOf: string[];
  estimatesOf: string[];
  withTags: boolean;
  withCosts: boolean;
  withDescription: boolean;
}

export function valuesOf(columns: readonly ViewColumn[]): Values {
  const keys = (kind: ViewColumn['kind'], aggregate?: MetricAggregate): string[] =>
    columns
      .filter((c) => c.kind === kind && (kind !== 'METRIC' || (c.aggregate ?? 'LAST') === aggregate))
      .map(({ key }) => key);
  const fields = keys('FIELD');
  return {
    paramsOf: keys('PARAM'),
    tagsOf: keys('TAG'),
    lastOf: keys('METRIC', 'LAST'),
    minOf: keys('METRIC', 'MIN'),
    maxOf: keys('METRIC', 'MAX'),
    stepOf: keys('METRIC', 'STEP'),
    estimatesOf: columns.filter(hasInterval).map(({ key }) => key),
    withTags: fields.includes('tags'),
    withCosts: fields.some((key) => costOf(key) !== undefined),
    withDescription: fields.includes('description'),
  };
}

type Value = string | number | null;

/** A run as a table shows it, with the values of its columns by their ids. */
export interface TableRow {
  run: RunCellsFragment;
  values: ReadonlyMap<string, Value>;
  /** By metric. */
  estimates: ReadonlyMap<string, EstimateFragment>;
}

/** @param asked with which the run was read */
export function rowOf(run: RunCellsFragment, asked: Values): TableRow {
  const values = new Map<string, Value>();
  const put = (
    kind: 'PARAM' | 'METRIC' | 'TAG',
    keys: readonly string[],
    of: readonly (Value | undefined)[],
    aggregate?: MetricAggregate,
  ): void => keys.forEach((key, i) => values.set(idOf({ kind, key, ...(aggregate && { aggregate }) }), of[i] ?? null));
  put('PARAM', asked.paramsOf, run.paramValues);
  put('TAG', asked.tagsOf, run.tagValues);
  put('METRIC', asked.lastOf, run.last);
  put('METRIC', asked.minOf, run.min, 'MIN');
  put('METRIC', asked.maxOf, run.max, 'MAX');
  put('METRIC', asked.stepOf, run.step, 'STEP');
  const estimates = asked.estimatesOf.flatMap((metric, i) => {
    const estimate = run.estimates[i];
    return estimate ? [[metric, estimate] as const] : [];
  });
  return { run, values, estimates: new Map(estimates) };
}

const SECOND = 1000;

/**
 * What a column has of a row, as a plain value: for charts, exports and comparisons. Times are ISO texts, what is not
 * finite is a text, and `undefined` is what was not read yet.
 */
export function plainValue({ run, values }: TableRow, column: Pick<ViewColumn, 'kind' | 'key' | 'aggregate'>) {
  if (column.kind !== 'FIELD') return values.get(idOf(column));
  const cost = costOf(column.key);
  if (cost) return costValue(run, cost);
  switch (column.key) {
    case 'id':
      return Number(run.id.slice(run.id.indexOf('_') + 1));
    case 'modelConfig':
      return run.modelConfig ? `${run.modelConfig.name}@${run.modelConfig.version}` : null;
    case 'restorationConfig':
      return run.restorationConfig ? `${run.restorationConfig.name}@${run.restorationConfig.version}` : null;
    case 'experiment':
      return run.experiment.name;
    case 'tags':
      return run.tags?.map(({ key, value }) => (value === '' ? key : `${key}=${value}`)).join(' ');
    case 'duration':
      return run.startedAt && run.finishedAt ? (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / SECOND : null;
    default:
      return PLAIN.has(column.key) ? (run[column.key as keyof RunCellsFragment] as Value | undefined) : null;
  }
}

/** Fields that are shown as they come. */
const PLAIN: ReadonlySet<string> = new Set<keyof RunCellsFragment>([
  'name',
  'status',
  'source',
  'seed',
  'group',
  'description',
  'sampleTotal',
  'createdAt',
  'startedAt',
  'finishedAt',
]);

/** Over the phases that say something of it; of memory the most, else the sum. */
function costValue({ phaseCosts }: RunCellsFragment, { measure, phase }: NonNullable<ReturnType<typeof costOf>>) {
  const of = phaseCosts?.filter((cost) => phase === undefined || cost.phase === phase);
  if (!of) return undefined;
  const figures = of
    .map((cost) => {
      switch (measure) {
        case 'WALL_SECONDS':
          return cost.wallSeconds;
        case 'CPU_SECONDS':
          return cost.cpuSeconds;
        case 'PEAK_MEMORY':
          return cost.peakMemoryBytes == null ? null : Number(cost.peakMemoryBytes);
        case 'ENERGY':
          return cost.energyJoules;
        case 'PRICE':
          return cost.price;
      }
    })
    .filter((figure) => figure != null);
  if (figures.length === 0) return null;
  return measure === 'PEAK_MEMORY' ? Math.max(...figures) : figures.reduce((sum, figure) => sum + figure);
}
