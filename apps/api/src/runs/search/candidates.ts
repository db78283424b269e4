import { Prisma } from '@samplewise/database';
import type { NumberCondition, RunConditions, RunFilter, TextCondition } from '@samplewise/domain';
import { conditionOf, keyedLeaf } from './filter-sql.ts';
import { inScope, type RunSearch, type Scope } from './scope.ts';

const { sql, join } = Prisma;
type Sql = Prisma.Sql;

/** Runs that are looked at one by one: less work than to walk an index until a page is full. */
export const FEW = 2000;
/** Conditions of one search whose runs are counted. */
const COUNTED = 6;

/**
 * Statistics know nothing of one key's values, so that the planner is wrong by a factor of the number of keys. Instead
 * it is counted, up to FEW: of the scope, and of each condition that must hold and has an index.
 * @returns the ids that are to be looked at, where they are few
 */
export async function fewCandidates(
  read: <Row extends object>(statement: Sql) => Promise<Row[]>,
  scope: Scope,
  search: RunSearch,
): Promise<Sql | undefined> {
  const all = sql`SELECT r.id FROM run r WHERE ${inScope(scope, search.filter)}`;
  const leaves = search.filter.and ?? [search.filter];
  const sources = [all, ...leaves.flatMap((leaf) => indexed(leaf, scope, search)).slice(0, COUNTED)].map(
    (source) => sql`${source} LIMIT ${FEW + 1}`,
  );
  const counts = sources.map(
    (source, i) => sql`SELECT ${i}::int AS source, count(*)::int AS count FROM (${source}) c${Prisma.raw(String(i))}`,
  );
  const rows = await read<{ source: number; count: number }>(
    sql`${join(counts, ' UNION ALL ')} ORDER BY count, source LIMIT 1`,
  );
  const [fewest] = rows;
  return fewest && fewest.count <= FEW ? sources[fewest.source] : undefined;
}

/** What fits a condition, by an index alone. */
function indexed(filter: RunFilter, scope: Scope, { now, projectIds }: RunSearch): Sql[] {
  const keyed = keyedLeaf(filter);
  if (keyed) {
    if (!keyedByIndex(filter)) return [];
    const { table, alias, condition } = keyed;
    return [
      sql`SELECT ${alias}.run_id AS id FROM ${table} WHERE ${alias}.project_id = ${scope.projectId} AND ${condition}`,
    ];
  }
  if (!columnByIndex(filter)) return [];
  const condition = conditionOf(filter, { projectIds, now, by: 'all' });
  return [sql`SELECT r.id FROM run r WHERE r.project_id = ${scope.projectId} AND ${condition}`];
}

const exact = ({ eq, in: list }: TextCondition): boolean => eq !== undefined || list !== undefined;
const some = (condition: NumberCondition | undefined): boolean => condition !== undefined;

function keyedByIndex({ param, tag, metric }: RunConditions): boolean {
  if (param) return param.string ? exact(param.string) : true;
  if (tag) return tag.string ? exact(tag.string) : true;
  return metric !== undefined && !(metric.aggregate === 'STEP' && some(metric.number));
}

function columnByIndex(leaf: RunConditions): boolean {
  const { id, status, experimentId, modelId, restorationId, parentId, createdAt, startedAt, finishedAt } = leaf;
  if ([id, status, experimentId, modelId, restorationId, parentId].some((condition) => condition !== undefined))
    return true;
  if ([createdAt, startedAt, finishedAt].some((condition) => condition !== undefined)) return true;
  if (leaf.experiment ?? leaf.model ?? leaf.restoration) return true;
  const text = leaf.name ?? leaf.group;
  return text !== undefined && exact(text);
}
