import { Prisma, RunStatus } from '@samplewise/database';
import type { MetricAggregate, RunConditions, RunOrder } from '@samplewise/domain';
import { aggregateOf, durationOf, metricKeyId, number } from './filter-sql.ts';
import type { Scope } from './scope.ts';

const { sql } = Prisma;
type Sql = Prisma.Sql;

type Cost = NonNullable<RunOrder['cost']>;
type ValueType = 'text' | 'float8' | 'int4' | 'int8' | 'timestamptz' | 'status';

/** One value by which runs are ordered. */
export interface Term {
  type: ValueType;
  descending: boolean;
  /** Some runs may have no value: they come last. */
  optional: boolean;
  /** The value of a run, by its id; null where there is none. */
  value: (id: Sql) => Sql;
  /**
   * What an index gives in this order: `id` and `value` of runs of the project that have one. For the first term only.
   * Its aliases are not those of `value`, which may lie within it.
   */
  source: (scope: Scope) => { from: Sql; id: Sql; value: Sql; where: Sql };
  /** A condition on the same value, as one on the index. */
  narrow?: (leaf: RunConditions) => Sql | undefined;
}

/** @returns the terms, of which the last is the id: no two runs are equal */
export function termsOf(order: readonly RunOrder[]): readonly [Term, ...Term[]] {
  const [first, ...more] = order.flatMap(termsOfOne);
  const byId = columnTerm(sql`id`, 'int8', first?.descending ?? false, false);
  return first ? [first, ...more, byId] : [byId];
}

function termsOfOne({ field, param, tag, metric, cost, direction }: RunOrder): Term[] {
  const descending = direction === 'DESC';
  if (param) return [param.text ? paramText(param.key, descending) : paramNumber(param.key, descending)];
  if (tag !== undefined) return [tagTerm(tag, descending)];
  if (metric) return [metricTerm(metric.key, metric.aggregate ?? 'LAST', descending)];
  if (cost) return [costTerm(cost, descending)];
  switch (field!) {
    case 'ID':
      return [columnTerm(sql`id`, 'int8', descending, false)];
    case 'NAME':
      return [columnTerm(sql`name`, 'text', descending, false)];
    case 'STATUS':
      return [columnTerm(sql`status`, 'status', descending, false)];
    case 'GROUP':
      return [columnTerm(sql`"group"`, 'text', descending, true)];
    case 'SEED':
      return [columnTerm(sql`seed`, 'int4', descending, false)];
    case 'CREATED':
      return [columnTerm(sql`created_at`, 'timestamptz', descending, false)];
    case 'STARTED':
      return [columnTerm(sql`started_at`, 'timestamptz', descending, true)];
    case 'FINISHED':
      return [columnTerm(sql`finished_at`, 'timestamptz', descending, true)];
    case 'DURATION':
      return [durationTerm(descending)];
    case 'EXPERIMENT':
      return [named(sql`experiment`, sql`experiment_id`, sql`name`, 'text', descending, false)];
    case 'MODEL':
      return configTerms(sql`model_config`, sql`model_config_id`, descending);
    case 'RESTORATION':
      return configTerms(sql`restoration_config`, sql`restoration_config_id`, descending);
  }
}

const columnTerm = (column: Sql, type: ValueType, descending: boolean, optional: boolean): Term => ({
  type,
  descending,
  optional,
  value: (id) => sql`(SELECT o.${column} FROM run o WHERE o.id = ${id})`,
  source: (scope) => ({
    from: sql`run i`,
    id: sql`i.id`,
    value: sql`i.${column}`,
    where: sql`${whose(scope)} AND i.${column} IS NOT NULL`,
  }),
});

/** Without an index: it takes time in proportion to the runs. */
const durationTerm = (descending: boolean): Term => ({
  type: 'float8',
  descending,
  optional: true,
  value: (id) => sql`(SELECT ${durationOf(sql`o`)} FROM run o WHERE o.id = ${id})`,
  source: (scope) => ({
    from: sql`run i`,
    id: sql`i.id`,
    value: durationOf(sql`i`),
    where: sql`${whose(scope)} AND i.started_at IS NOT NULL AND i.finished_at IS NOT NULL`,
  }),
});

const whose = ({ kind, id, projectId }: Scope): Sql =>
  kind === 'project' ? sql`i.project_id = ${projectId}` : sql`i.experiment_id = ${id}`;

const configTerms = (table: Sql, reference: Sql, descending: boolean): Term[] => [
  named(table, reference, sql`name`, 'text', descending, true),
  named(table, reference, sql`version`, 'int4', descending, true),
];

const named = (
  table: Sql,
  reference: Sql,
  column: Sql,
  type: ValueType,
  descending: boolean,
  optional: boolean,
): Term => ({
  type,
  descending,
  optional,
  value: (id) => sql`(SELECT c.${column} FROM run o JOIN ${table} c ON c.id = o.${reference} WHERE o.id = ${id})`,
  source: ({ projectId }) => ({
    from: sql`${table} n JOIN run i ON i.${reference} = n.id`,
    id: sql`i.id`,
    value: sql`n.${column}`,
    where: sql`n.project_id = ${projectId}`,
  }),
});

const paramNumber = (key: string, descending: boolean): Term => ({
  type: 'float8',
  descending,
  optional: true,
  value: (id) => sql`(SELECT p.number FROM run_param p WHERE p.run_id = ${id} AND p.key = ${key})`,
  source: ({ projectId }) => ({
    from: sql`run_param i`,
    id: sql`i.run_id`,
    value: sql`i.number`,
    where: sql`i.project_id = ${projectId} AND i.key = ${key} AND i.number IS NOT NULL`,
  }),
  narrow: ({ param }) => (param?.key === key && param.number ? number(sql`i.number`, param.number) : undefined),
});

/** By the beginning of the value, as it is indexed. */
const paramText = (key: string, descending: boolean): Term => ({
  type: 'text',
  descending,
  optional: true,
  value: (id) => sql`(SELECT left(p.value, 100) FROM run_param p WHERE p.run_id = ${id} AND p.key = ${key})`,
  source: ({ projectId }) => ({
    from: sql`run_param i`,
    id: sql`i.run_id`,
    value: sql`left(i.value, 100)`,
    where: sql`i.project_id = ${projectId} AND i.key = ${key}`,
  }),
});

const tagTerm = (key: string, descending: boolean): Term => ({
  type: 'text',
  descending,
  optional: true,
  value: (id) => sql`(SELECT t.value FROM run_tag t WHERE t.run_id = ${id} AND t.key = ${key})`,
  source: ({ projectId }) => ({
    from: sql`run_tag i`,
    id: sql`i.run_id`,
    value: sql`i.value`,
    where: sql`i.project_id = ${projectId} AND i.key = ${key}`,
  }),
});

/** NaN is no value: a board must not begin with it. Postgres takes it for the largest number. */
function metricTerm(key: string, aggregate: MetricAggregate, descending: boolean): Term {
  const value = aggregateOf(sql`s`, aggregate);
  const indexed = aggregateOf(sql`i`, aggregate);
  const keyId = metricKeyId(key);
  return {
    type: 'float8',
    descending,
    optional: true,
    value: (id) =>
      sql`(SELECT nullif(${value}, 'NaN') FROM metric_summary s WHERE s.run_id = ${id} AND s.key_id = ${keyId})`,
    source: ({ projectId }) => ({
      from: sql`metric_summary i`,
      id: sql`i.run_id`,
      value: indexed,
      where: sql`i.project_id = ${projectId} AND i.key_id = ${keyId} AND ${indexed} < 'NaN'`,
    }),
    narrow: ({ metric }) =>
      metric?.key === key && metric.number && (metric.aggregate ?? 'LAST') === aggregate
        ? number(indexed, metric.number)
        : undefined,
  };
}

const MEASURES: Readonly<Record<Cost['measure'], Sql>> = {
  WALL_SECONDS: sql`sum(c.wall_seconds)`,
  CPU_SECONDS: sql`sum(c.cpu_seconds)`,
  PEAK_MEMORY: sql`max(c.peak_memory_bytes)::float8`,
  ENERGY: sql`sum(c.energy_joules)`,
  PRICE: sql`sum(c.price)`,
};

/** Without an index: it takes time in proportion to the runs. */
function costTerm({ measure, phase }: Cost, descending: boolean): Term {
  const which = phase === undefined ? sql`TRUE` : sql`c.phase = ${phase}::"Phase"`;
  const total = MEASURES[measure];
  return {
    type: 'float8',
    descending,
    optional: true,
    value: (id) => sql`(SELECT ${total} FROM phase_cost c WHERE c.run_id = ${id} AND ${which})`,
    source: ({ kind, id, projectId }) => {
      const own = kind === 'project' ? sql`o.project_id = ${projectId}` : sql`o.experiment_id = ${id}`;
      return {
        from: sql`(SELECT c.run_id, ${total} AS total FROM run o JOIN phase_cost c ON c.run_id = o.id
                    WHERE ${own} AND ${which} GROUP BY c.run_id) i`,
        id: sql`i.run_id`,
        value: sql`i.total`,
        where: sql`i.total IS NOT NULL`,
      };
    },
  };
}

/** No value, of the same type. */
export const NO_VALUE: Readonly<Record<ValueType, Sql>> = {
  text: sql`NULL::text`,
  float8: sql`NULL::float8`,
  int4: sql`NULL::int4`,
  int8: sql`NULL::int8`,
  timestamptz: sql`NULL::timestamptz`,
  status: sql`NULL::"RunStatus"`,
};

/** A value as a text that a cursor can hold, and back. */
export const TEXT_OF: Readonly<Record<ValueType, (value: Sql) => Sql>> = {
  text: (value) => value,
  float8: (value) => sql`${value}::text`,
  int4: (value) => sql`${value}::text`,
  int8: (value) => sql`${value}::text`,
  status: (value) => sql`${value}::text`,
  timestamptz: (value) => sql`(extract(epoch FROM ${value}) * 1000)::int8::text`,
};
export const VALUE_OF: Readonly<Record<ValueType, (text: string) => Sql>> = {
  text: (text) => sql`${text}::text`,
  float8: (text) => sql`${text}::float8`,
  int4: (text) => sql`${text}::int4`,
  int8: (text) => sql`${text}::int8`,
  status: (text) => sql`${text}::"RunStatus"`,
  timestamptz: (text) => sql`to_timestamp(${text}::float8 / 1000)`,
};
/** Whether a text that a cursor holds was made by TEXT_OF. */
export const IS_TEXT_OF: Readonly<Record<ValueType, (text: string) => boolean>> = {
  text: (text) => text.length <= 1000 && text.isWellFormed() && !text.includes('\0'),
  float8: (text) =>
    /^(-?Infinity|-?\d+(\.\d+)?(e[+-]?\d+)?)$/.test(text) && (text.includes('I') || Number.isFinite(Number(text))),
  int4: (text) => /^-?\d{1,10}$/.test(text) && Math.abs(Number(text)) < 2 ** 31,
  int8: (text) => /^\d{1,18}$/.test(text),
  status: (text) => Object.hasOwn(RunStatus, text),
  timestamptz: (text) => /^-?\d{1,15}$/.test(text) && Math.abs(Number(text)) < 8.64e15,
};
