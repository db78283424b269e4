import { Prisma, type Database } from '@samplewise/database';
import type { MetricAggregate } from '@samplewise/domain';
import { aggregateOf, conditionOf, metricKeyId } from './filter-sql.ts';
import { inScope, searching, type RunSearch, type Scope } from './scope.ts';

const { sql, join, raw } = Prisma;
type Sql = Prisma.Sql;

export type GroupField = 'MODEL' | 'RESTORATION' | 'EXPERIMENT' | 'GROUP' | 'STATUS' | 'SEED';

/** One of these. */
export interface GroupBy {
  field?: GroupField | undefined;
  param?: string | undefined;
  tag?: string | undefined;
}

export interface GroupMetric {
  key: string;
  aggregate: MetricAggregate;
}

/** Of the runs of a group that have the metric; NaN is no value. */
export interface GroupFigures extends GroupMetric {
  runs: number;
  mean: number | null;
  min: number | null;
  max: number | null;
  /** Of a sample; none of a single run. */
  deviation: number | null;
}

export interface RunGroup {
  /** None: the runs have no such value. */
  value: string | null;
  runs: number;
  metrics: GroupFigures[];
}

/** The largest groups of the runs that fit, with figures of some metrics. One statement. */
export function groupRuns(
  database: Pick<Database, 'pool'>,
  scope: Scope,
  { filter, projectIds, now }: RunSearch,
  by: GroupBy,
  metrics: readonly GroupMetric[],
  limit: number,
): Promise<RunGroup[]> {
  const values = metrics.map(({ key, aggregate }, i) => {
    const value = aggregateOf(sql`s`, aggregate);
    return sql`, (SELECT nullif(${value}, 'NaN') FROM metric_summary s WHERE s.run_id = r.id AND s.key_id = ${metricKeyId(key)}) AS ${named('v', i)}`;
  });
  const figures = metrics.map((_, i) => {
    const v = named('v', i);
    return sql`, count(${v})::int AS ${named('runs', i)}, avg(${v}) AS ${named('mean', i)}, min(${v}) AS ${named('min', i)},
      max(${v}) AS ${named('max', i)}, stddev_samp(${v}) AS ${named('deviation', i)}`;
  });
  const statement = sql`SELECT value, count(*)::int AS runs ${join([raw(''), ...figures], '')} FROM (
      SELECT ${valueOf(by)} AS value ${join([raw(''), ...values], '')} FROM run r
       WHERE ${inScope(scope, filter)} AND ${conditionOf(filter, { projectIds, now, by: 'all' })}
    ) m GROUP BY value ORDER BY count(*) DESC, value NULLS LAST LIMIT ${limit}`;
  return searching(database, async (read) => {
    const rows = await read<Record<string, unknown>>(statement);
    return rows.map((row) => ({
      value: row.value as string | null,
      runs: row.runs as number,
      metrics: metrics.map((metric, i): GroupFigures => {
        const figure = (name: string) => row[`${name}${i}`] as number | null;
        return {
          ...metric,
          runs: figure('runs')!,
          mean: figure('mean'),
          min: figure('min'),
          max: figure('max'),
          deviation: figure('deviation'),
        };
      }),
    }));
  });
}

const named = (name: string, i: number): Sql => raw(`${name}${i}`);

function valueOf({ field, param, tag }: GroupBy): Sql {
  if (param !== undefined) return sql`(SELECT p.value FROM run_param p WHERE p.run_id = r.id AND p.key = ${param})`;
  if (tag !== undefined) return sql`(SELECT t.value FROM run_tag t WHERE t.run_id = r.id AND t.key = ${tag})`;
  switch (field!) {
    case 'MODEL':
      return sql`(SELECT c.name || '@' || c.version FROM model_config c WHERE c.id = r.model_config_id)`;
    case 'RESTORATION':
      return sql`(SELECT c.name || '@' || c.version FROM restoration_config c WHERE c.id = r.restoration_config_id)`;
    case 'EXPERIMENT':
      return sql`(SELECT e.name FROM experiment e WHERE e.id = r.experiment_id)`;
    case 'GROUP':
      return sql`r."group"`;
    case 'STATUS':
      return sql`r.status::text`;
    case 'SEED':
      return sql`r.seed::text`;
  }
}
