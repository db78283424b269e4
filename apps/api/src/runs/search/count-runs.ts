import { Prisma, type Database } from '@samplewise/database';
import { conditionOf } from './filter-sql.ts';
import { inScope, searching, type RunSearch, type Scope } from './scope.ts';

const { sql } = Prisma;

/** A count says nothing more to a person beyond it, and would be read through to the end. */
export const COUNT_LIMIT = 10_000;

/** @returns for each scope how many runs fit; COUNT_LIMIT + 1 where there are more */
export function countRuns(
  database: Pick<Database, 'pool'>,
  scopes: readonly Scope<bigint>[],
  { filter, projectIds, now }: RunSearch,
): Promise<number[]> {
  const counted = (scope: Scope) =>
    sql`SELECT count(*)::int AS count FROM (
      SELECT 1 FROM run r WHERE ${inScope(scope, filter)} AND ${conditionOf(filter, { projectIds, now, by: 'all' })}
       LIMIT ${COUNT_LIMIT + 1}) c`;
  const [only, ...more] = scopes;
  return searching(database, async (read) => {
    // With constants in it, a statement about one is planned better.
    if (only && more.length === 0) return (await read<{ count: number }>(counted(only))).map(({ count }) => count);
    const ids = [scopes.map(({ id }) => id), scopes.map(({ projectId }) => projectId)];
    const one = counted({ kind: only!.kind, id: sql`e.id`, projectId: sql`e.project_id` });
    const rows = await read<{ count: number }>(
      sql`SELECT q.count FROM unnest(${ids[0]}::int8[], ${ids[1]}::int8[]) WITH ORDINALITY e(id, project_id, n)
            CROSS JOIN LATERAL (${one}) q ORDER BY e.n`,
    );
    return rows.map(({ count }) => count);
  });
}
