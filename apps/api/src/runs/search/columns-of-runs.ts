import { Prisma, type Database } from '@samplewise/database';
import { conditionOf } from './filter-sql.ts';
import { inScope, searching, type RunSearch, type Scope } from './scope.ts';

const { sql, join } = Prisma;
type Sql = Prisma.Sql;

/** Runs that are looked at; more would hardly show other columns. */
export const EXAMINED = 500;
const COLUMN_LIMIT = 10_000;

export type KeyKind = 'PARAM' | 'METRIC' | 'TAG';

export interface RunColumn {
  kind: KeyKind;
  key: string;
  /** Of those that were looked at, how many have it. */
  runs: number;
  /** Not all of these have it, or not with the same value. */
  differs: boolean;
  /** All values are numbers. */
  numeric: boolean;
}

export interface RunColumns {
  examined: number;
  /** There are no more runs, and no more columns. */
  complete: boolean;
  columns: RunColumn[];
}

/** Of the newest runs that fit: which params, metrics and tags they have, and where these differ. One statement. */
export function columnsOfRuns(
  database: Pick<Database, 'pool'>,
  scope: Scope,
  { filter, projectIds, now }: RunSearch,
  kinds: readonly KeyKind[],
): Promise<RunColumns> {
  const some = sql`SELECT r.id FROM run r
    WHERE ${inScope(scope, filter)} AND ${conditionOf(filter, { projectIds, now, by: 'all' })}
    ORDER BY r.id DESC LIMIT ${EXAMINED + 1}`;
  const statement = sql`WITH found AS MATERIALIZED (${some}),
      m AS MATERIALIZED (SELECT id FROM found ORDER BY id DESC LIMIT ${EXAMINED}),
      n AS MATERIALIZED (SELECT count(*)::int AS found FROM found)
    SELECT n.found, c.* FROM n LEFT JOIN (
      ${join([...kinds.map((kind) => COLUMNS[kind]), NONE], ' UNION ALL ')} ORDER BY kind, key LIMIT ${COLUMN_LIMIT + 1}
    ) c ON true`;
  return searching(database, async (read) => {
    const rows = await read<{ found: number } & (RunColumn | { kind: null })>(statement);
    const columns = rows.filter((row): row is { found: number } & RunColumn => row.kind !== null);
    const { found } = rows[0]!;
    return {
      examined: Math.min(found, EXAMINED),
      complete: found <= EXAMINED && columns.length <= COLUMN_LIMIT,
      columns: columns
        .slice(0, COLUMN_LIMIT)
        .map((column) => ({ ...column, differs: column.differs || column.runs < Math.min(found, EXAMINED) })),
    };
  });
}

const COLUMNS: Readonly<Record<KeyKind, Sql>> = {
  PARAM: sql`SELECT 'PARAM' AS kind, p.key, count(*)::int AS runs, min(p.value) <> max(p.value) AS differs,
      bool_and(p.number IS NOT NULL) AS numeric FROM m JOIN run_param p ON p.run_id = m.id GROUP BY p.key`,
  TAG: sql`SELECT 'TAG' AS kind, t.key, count(*)::int AS runs, min(t.value) <> max(t.value) AS differs,
      false AS numeric FROM m JOIN run_tag t ON t.run_id = m.id GROUP BY t.key`,
  METRIC: sql`SELECT 'METRIC' AS kind, k.name AS key, s.runs, s.differs, true AS numeric FROM (
      SELECT s.key_id, count(*)::int AS runs, min(s.last) <> max(s.last) AS differs
        FROM m JOIN metric_summary s ON s.run_id = m.id GROUP BY s.key_id) s JOIN metric_key k ON k.id = s.key_id`,
};
/** Of the types of the others. */
const NONE = sql`SELECT '' AS kind, '' AS key, 0 AS runs, false AS differs, false AS numeric WHERE false`;
