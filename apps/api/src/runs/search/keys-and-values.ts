import { Prisma, type Database } from '@samplewise/database';
import type { Keyed } from '@samplewise/domain';
import { searching } from './scope.ts';

const { sql, raw } = Prisma;
type Sql = Prisma.Sql;

/** Keys of one project that are gone through. */
const KEY_LIMIT = 10_000;
/** Runs whose values are counted: the newest ones. */
const VALUE_RUNS = 1000;

/** In upper or lower case. */
const like = (part: string): string => `%${part.replace(/[\\%_]/g, '\\$&')}%`;

/**
 * Keys that runs of a project have, in their order. Each is one look into an index, which is left for the next key:
 * runs by the million have the same few.
 * @param after only keys behind this one
 * @param part that a key must have in it, in upper or lower case
 */
export function readKeys(
  database: Pick<Database, 'pool'>,
  projectId: bigint,
  kind: Keyed,
  { part, after, limit }: { part: string; after: string; limit: number },
): Promise<string[]> {
  const key = kind === 'metric' ? sql`key_id` : sql`key`;
  const table = raw({ param: 'run_param', tag: 'run_tag', metric: 'metric_summary' }[kind]);
  const next = (than: Sql): Sql =>
    sql`(SELECT ${key} FROM ${table} WHERE project_id = ${projectId} AND ${key} > ${than} ORDER BY ${key} LIMIT 1)`;
  // Metrics are numbered: their names are in another order, so that all are gone through.
  const start = kind === 'metric' ? sql`0` : sql`${after}::text`;
  const keys = sql`WITH RECURSIVE k(key, nth) AS (
      SELECT ${next(start)}, 1 UNION ALL SELECT ${next(sql`k.key`)}, nth + 1 FROM k WHERE k.key IS NOT NULL AND nth < ${KEY_LIMIT}
    )`;
  const statement =
    kind === 'metric'
      ? sql`${keys} SELECT n.name AS key FROM k JOIN metric_key n ON n.id = k.key
             WHERE n.name > ${after} AND n.name ILIKE ${like(part)} ORDER BY n.name LIMIT ${limit}`
      : sql`${keys} SELECT key FROM k WHERE key ILIKE ${like(part)} LIMIT ${limit}`;
  return searching(database, async (read) => (await read<{ key: string }>(statement)).map((row) => row.key));
}

export interface CountedValue {
  value: string;
  runs: number;
}

/** Values of a param or tag that the newest runs have most often. */
export function readValues(
  database: Pick<Database, 'pool'>,
  projectId: bigint,
  kind: 'param' | 'tag',
  { key, part, limit }: { key: string; part: string; limit: number },
): Promise<CountedValue[]> {
  const table = raw({ param: 'run_param', tag: 'run_tag' }[kind]);
  const statement = sql`SELECT v.value, count(*)::int AS runs FROM (
      SELECT id FROM run WHERE project_id = ${projectId} AND deleted_at IS NULL ORDER BY id DESC LIMIT ${VALUE_RUNS}
    ) r JOIN ${table} v ON v.run_id = r.id AND v.key = ${key} WHERE v.value ILIKE ${like(part)}
    GROUP BY v.value ORDER BY count(*) DESC, v.value LIMIT ${limit}`;
  return searching(database, (read) => read<CountedValue>(statement));
}

const NAMES: Readonly<Record<'model' | 'restoration' | 'experiment', Sql>> = {
  model: sql`SELECT DISTINCT name AS value FROM model_config`,
  restoration: sql`SELECT DISTINCT name AS value FROM restoration_config`,
  experiment: sql`SELECT name AS value FROM experiment`,
};

/** Names of a project's models, restorations or experiments, or groups of its newest runs. */
export function readNames(
  database: Pick<Database, 'pool'>,
  projectId: bigint,
  of: keyof typeof NAMES | 'group',
  { part, limit }: { part: string; limit: number },
): Promise<string[]> {
  const statement =
    of === 'group'
      ? sql`SELECT DISTINCT "group" AS value FROM (
          SELECT "group" FROM run WHERE project_id = ${projectId} AND deleted_at IS NULL ORDER BY id DESC LIMIT ${VALUE_RUNS}
        ) r WHERE "group" ILIKE ${like(part)} ORDER BY value LIMIT ${limit}`
      : sql`${NAMES[of]} WHERE project_id = ${projectId} AND name ILIKE ${like(part)} ORDER BY value LIMIT ${limit}`;
  return searching(database, async (read) => (await read<{ value: string }>(statement)).map(({ value }) => value));
}
