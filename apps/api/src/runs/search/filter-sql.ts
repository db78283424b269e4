import { Prisma } from '@samplewise/database';
import {
  SILENT_SECONDS,
  timeOfMoment,
  type IdCondition,
  type MetricAggregate,
  type NumberCondition,
  type RunConditions,
  type RunFilter,
  type TextCondition,
  type TimeCondition,
} from '@samplewise/domain';

const { sql, join } = Prisma;
type Sql = Prisma.Sql;

export interface FilterContext {
  /** To which the names of models and experiments belong; of runs it is asked elsewhere. */
  projectIds: readonly bigint[];
  now: Date;
  /**
   * `run`: a condition is looked up for each run by its key, whatever the planner thinks, for where runs are few, or
   * are walked through until a page is full. `all`: the planner may gather what fits first.
   */
  by: 'run' | 'all';
  /** The run's id where it is known before its row is read; `r.id` unless given. */
  id?: Sql;
}

const AGGREGATES: Readonly<Record<MetricAggregate, Sql>> = {
  LAST: sql`last`,
  MIN: sql`min`,
  MAX: sql`max`,
  STEP: sql`last_step`,
};

/** Of a row of metric_summary. */
export function aggregateOf(row: Sql, aggregate: MetricAggregate): Sql {
  const column = sql`${row}.${AGGREGATES[aggregate]}`;
  return aggregate === 'STEP' ? sql`${column}::float8` : column;
}

/** Seconds between start and end of a row of run; none where it has not ended. */
export const durationOf = (row: Sql): Sql => sql`extract(epoch FROM ${row}.finished_at - ${row}.started_at)::float8`;

/** Values are indexed by their beginning: `left(value, 100)`. */
const INDEXED_CHARACTERS = 100;

/** A condition on `r`, a row of run. @param filter in its canonical form */
export function conditionOf(filter: RunFilter, context: FilterContext): Sql {
  if (filter.and) return parenthesised(filter.and, ' AND ', context);
  if (filter.or) return parenthesised(filter.or, ' OR ', context);
  // What is not known of a run does not hold for it.
  if (filter.not) return sql`(${conditionOf(filter.not, context)}) IS NOT TRUE`;
  return leafOf(filter, context) ?? sql`TRUE`;
}

const parenthesised = (parts: readonly RunFilter[], by: string, context: FilterContext): Sql =>
  sql`(${join(
    parts.map((part) => conditionOf(part, context)),
    by,
  )})`;

function leafOf(leaf: RunConditions, context: FilterContext): Sql | undefined {
  const { projectIds, now } = context;
  if (leaf.id) return ids(sql`r.id`, leaf.id);
  if (leaf.name) return text(sql`r.name`, leaf.name);
  if (leaf.description) return text(sql`r.description`, leaf.description);
  if (leaf.group) return text(sql`r."group"`, leaf.group);
  if (leaf.status) return sql`r.status = ANY(${leaf.status}::"RunStatus"[])`;
  if (leaf.source) return sql`r.source = ANY(${leaf.source}::"RunSource"[])`;
  if (leaf.seed) return number(sql`r.seed`, leaf.seed);
  if (leaf.createdAt) return time(sql`r.created_at`, leaf.createdAt, now);
  if (leaf.startedAt) return time(sql`r.started_at`, leaf.startedAt, now);
  if (leaf.finishedAt) return time(sql`r.finished_at`, leaf.finishedAt, now);
  if (leaf.duration) return number(durationOf(sql`r`), leaf.duration);
  if (leaf.archived) return sql`r.archived_at IS NOT NULL`;
  if (leaf.silent) return silent(now);
  if (leaf.experimentId) return ids(sql`r.experiment_id`, leaf.experimentId);
  if (leaf.experiment)
    return among(sql`r.experiment_id`, sql`experiment`, text(sql`c.name`, leaf.experiment), projectIds);
  if (leaf.modelId) return ids(sql`r.model_config_id`, leaf.modelId);
  if (leaf.model) return configText(sql`r.model_config_id`, sql`model_config`, leaf.model, projectIds);
  if (leaf.modelVersion)
    return among(sql`r.model_config_id`, sql`model_config`, number(sql`c.version`, leaf.modelVersion), projectIds);
  if (leaf.restorationId) return ids(sql`r.restoration_config_id`, leaf.restorationId);
  if (leaf.restoration)
    return configText(sql`r.restoration_config_id`, sql`restoration_config`, leaf.restoration, projectIds);
  if (leaf.restorationVersion) {
    const version = number(sql`c.version`, leaf.restorationVersion);
    return among(sql`r.restoration_config_id`, sql`restoration_config`, version, projectIds);
  }
  if (leaf.parentId) return ids(sql`r.parent_id`, leaf.parentId);
  if (leaf.text !== undefined) return anywhere(leaf.text, context);
  const keyed = keyedLeaf(leaf);
  return keyed && fitsRun(keyed, context);
}

/** Rows of another table that a run has, by key. */
export interface KeyedLeaf {
  /** With its alias. */
  table: Sql;
  alias: Sql;
  /** On its columns. */
  condition: Sql;
}

export function keyedLeaf({ param, tag, metric }: RunConditions): KeyedLeaf | undefined {
  if (param) {
    const { key, string, number: numeric } = param;
    const value = string ? start(sql`p.value`, string) : numeric ? number(sql`p.number`, numeric) : sql`TRUE`;
    return { table: sql`run_param p`, alias: sql`p`, condition: sql`p.key = ${key} AND ${value}` };
  }
  if (tag) {
    const value = tag.string ? text(sql`t.value`, tag.string) : sql`TRUE`;
    return { table: sql`run_tag t`, alias: sql`t`, condition: sql`t.key = ${tag.key} AND ${value}` };
  }
  if (!metric) return undefined;
  const value = metric.number ? number(aggregateOf(sql`s`, metric.aggregate ?? 'LAST'), metric.number) : sql`TRUE`;
  const condition = sql`s.key_id = ${metricKeyId(metric.key)} AND ${value}`;
  return { table: sql`metric_summary s`, alias: sql`s`, condition };
}

export const metricKeyId = (name: string): Sql => sql`(SELECT k.id FROM metric_key k WHERE k.name = ${name})`;

/** OFFSET 0 keeps the planner from taking it apart: it stays a look-up by primary key. */
function fitsRun({ table, alias, condition }: KeyedLeaf, { by, projectIds, id = sql`r.id` }: FilterContext): Sql {
  if (by === 'run') return sql`EXISTS (SELECT 1 FROM ${table} WHERE ${alias}.run_id = ${id} AND ${condition} OFFSET 0)`;
  const within = sql`${alias}.project_id = ANY(${projectIds}::int8[])`;
  return sql`EXISTS (SELECT 1 FROM ${table} WHERE ${alias}.run_id = r.id AND ${within} AND ${condition})`;
}

/** With the beginning, by which a value is found in its index. */
function start(column: Sql, condition: TextCondition): Sql {
  // Postgres counts code points.
  const beginning = (value: string): string => Array.from(value).slice(0, INDEXED_CHARACTERS).join('');
  const whole = text(column, condition);
  if (condition.eq !== undefined) return sql`left(${column}, 100) = ${beginning(condition.eq)} AND ${whole}`;
  if (condition.in) return sql`left(${column}, 100) = ANY(${condition.in.map(beginning)}::text[]) AND ${whole}`;
  return whole;
}

function text(column: Sql, { eq, in: list, matches, startsWith, contains, exists }: TextCondition): Sql {
  if (eq !== undefined) return sql`${column} = ${eq}`;
  if (list) return sql`${column} = ANY(${list}::text[])`;
  if (matches !== undefined) return sql`${column} ILIKE ${likeGlob(matches)}`;
  if (contains !== undefined) return sql`${column} ILIKE ${`%${literally(contains)}%`}`;
  if (startsWith !== undefined) return sql`starts_with(${column}, ${startsWith})`;
  return exists === undefined ? sql`TRUE` : sql`${column} IS NOT NULL`;
}

/** In a pattern of LIKE these have a meaning. */
const literally = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
const likeGlob = (glob: string): string => literally(glob).replaceAll('*', '%').replaceAll('?', '_');

/** Postgres takes NaN for the largest number; here it is none. */
export function number(column: Sql, { eq, in: list, lt, lte, gt, gte }: NumberCondition): Sql {
  if (eq !== undefined) return sql`${column} = ${eq}::float8`;
  if (list) return sql`${column} = ANY(${list}::float8[])`;
  if ([lt, lte, gt, gte].includes('NaN')) return sql`FALSE`;
  if (lt !== undefined) return sql`${column} < ${lt}::float8`;
  if (lte !== undefined) return sql`${column} <= ${lte}::float8`;
  if (gt !== undefined) return sql`(${column} > ${gt}::float8 AND ${column} < 'NaN'::float8)`;
  return gte === undefined ? sql`TRUE` : sql`(${column} >= ${gte}::float8 AND ${column} < 'NaN'::float8)`;
}

function time(column: Sql, { lt, lte, gt, gte }: TimeCondition, now: Date): Sql {
  if (lt !== undefined) return sql`${column} < ${timeOfMoment(lt, now)}::timestamptz`;
  if (lte !== undefined) return sql`${column} <= ${timeOfMoment(lte, now)}::timestamptz`;
  if (gt !== undefined) return sql`${column} > ${timeOfMoment(gt, now)}::timestamptz`;
  if (gte !== undefined) return sql`${column} >= ${timeOfMoment(gte, now)}::timestamptz`;
  return sql`${column} IS NOT NULL`;
}

const rowOf = (globalId: string): bigint => BigInt(globalId.slice(globalId.indexOf('_') + 1));

function ids(column: Sql, { eq, in: list }: IdCondition): Sql {
  if (eq !== undefined) return sql`${column} = ${rowOf(eq)}`;
  return list ? sql`${column} = ANY(${list.map(rowOf)}::int8[])` : sql`${column} IS NOT NULL`;
}

/** Configs and experiments of a project are few: they are found first. */
function among(column: Sql, table: Sql, condition: Sql, projectIds: readonly bigint[]): Sql {
  return sql`${column} = ANY(ARRAY(SELECT c.id FROM ${table} c WHERE c.project_id = ANY(${projectIds}::int8[]) AND ${condition}))`;
}

function configText(column: Sql, table: Sql, condition: TextCondition, projectIds: readonly bigint[]): Sql {
  if (condition.exists !== undefined) return sql`${column} IS NOT NULL`;
  return among(column, table, text(sql`c.name`, condition), projectIds);
}

const silent = (now: Date): Sql => sql`(r.source = 'CLIENT' AND r.status = 'RUNNING' AND r.finishing_at IS NULL
  AND r.heartbeat_at < ${new Date(now.getTime() - SILENT_SECONDS * 1000)}::timestamptz)`;

function anywhere(words: string, context: FilterContext): Sql {
  const like = `%${literally(words)}%`;
  const tagged = sql`t.run_id = r.id AND (t.key ILIKE ${like} OR t.value ILIKE ${like})`;
  const tags =
    context.by === 'run'
      ? sql`EXISTS (SELECT 1 FROM run_tag t WHERE ${tagged} OFFSET 0)`
      : sql`r.id IN (SELECT t.run_id FROM run_tag t WHERE t.project_id = ANY(${context.projectIds}::int8[])
          AND (t.key ILIKE ${like} OR t.value ILIKE ${like}))`;
  const model = among(sql`r.model_config_id`, sql`model_config`, sql`c.name ILIKE ${like}`, context.projectIds);
  return sql`(r.name ILIKE ${like} OR r."group" ILIKE ${like} OR ${model} OR ${tags})`;
}
