import { Prisma, type Database } from '@samplewise/database';
import type { Position } from './cursor.ts';
import { fewCandidates } from './candidates.ts';
import { conditionOf } from './filter-sql.ts';
import { behind, behindInIndex, ordering } from './keyset.ts';
import { NO_VALUE, termsOf, TEXT_OF, type Term } from './order-sql.ts';
import { inScope, searching, type RunSearch, type Scope } from './scope.ts';

const { sql, join, raw } = Prisma;
type Sql = Prisma.Sql;
type Read = <Row extends object>(statement: Sql) => Promise<Row[]>;

export interface FoundRun {
  id: bigint;
  position: Position;
}

export interface Page {
  after?: Position | undefined;
  before?: Position | undefined;
  limit: number;
  /** From the end of the list, or from `before`, towards its beginning. */
  backwards: boolean;
}

/** Entries of an index that are walked through before it is given up. */
const WALK = 10_000;

interface Looking {
  read: Read;
  scope: Scope;
  search: RunSearch;
  terms: readonly [Term, ...Term[]];
  page: Page;
}

/**
 * A page of the runs of a scope in their order. Three ways lead to it, of which the cheapest is taken:
 * - where few runs come into question, each of them is looked at;
 * - else the index of the order's first value is walked until the page is full;
 * - and where hardly any run on that way fits, all that fit are gathered and sorted.
 * @throws InvalidInput when it takes too long
 */
export function findRuns(
  database: Pick<Database, 'pool'>,
  scope: Scope,
  search: RunSearch,
  page: Page,
): Promise<FoundRun[]> {
  const terms = termsOf(search.order);
  return searching(database, async (read) => {
    const looking = { read, scope, search, terms, page };
    const few = await fewCandidates(read, scope, search);
    return few ? sortAll(looking, few, 'run') : walk(looking);
  });
}

/** Pages of several scopes in one statement. All their runs are looked at: lists within a list are short. */
export function findRunsOfMany(
  database: Pick<Database, 'pool'>,
  scopes: readonly Scope<bigint>[],
  search: RunSearch,
  page: Page,
): Promise<FoundRun[][]> {
  const terms = termsOf(search.order);
  const [ids, projectIds] = [scopes.map(({ id }) => id), scopes.map(({ projectId }) => projectId)];
  const scope: Scope = { kind: scopes[0]!.kind, id: sql`e.id`, projectId: sql`e.project_id` };
  return searching(database, async (read) => {
    const looking = { read, scope, search, terms, page };
    const all = sql`SELECT r.id FROM run r WHERE ${inScope(scope, search.filter)}`;
    const one = terms.length === 1 ? firstByIds(looking) : sorted(looking, all, 'run');
    const rows = await read<Row & { scope: bigint }>(
      sql`SELECT e.n AS scope, q.* FROM unnest(${ids}::int8[], ${projectIds}::int8[]) WITH ORDINALITY e(id, project_id, n)
            CROSS JOIN LATERAL (SELECT row_number() OVER () AS nth, o.* FROM (${one}) o) q ORDER BY e.n, q.nth`,
    );
    return scopes.map((_, i) => rows.filter((row) => row.scope === BigInt(i + 1)).map(foundRun));
  });
}

/** In the order of their ids nothing has to be sorted. */
function firstByIds({ scope, search: { filter, projectIds, now }, terms, page }: Looking): Sql {
  const id = [sql`r.id`];
  return sql`SELECT r.id::text AS v0 FROM run r
    WHERE ${inScope(scope, filter)} AND ${conditionOf(filter, { projectIds, now, by: 'run' })}
      AND ${between(terms, id, page)} ORDER BY ${ordering(terms, id, page.backwards)} LIMIT ${page.limit}`;
}

type Row = Record<`v${number}`, string | null>;

/** In the order of the values' numbers; the last one is the id. */
function foundRun(row: Row): FoundRun {
  const count = Object.keys(row).filter((key) => /^v\d+$/.test(key)).length;
  const position = Array.from({ length: count }, (_, i) => row[`v${i}`]!);
  return { id: BigInt(position.at(-1)!), position };
}

async function sortAll(looking: Looking, ids: Sql, by: 'run' | 'all'): Promise<FoundRun[]> {
  return (await looking.read<Row>(sorted(looking, ids, by))).map(foundRun);
}

/** @param by `all`: the ids fit already */
function sorted({ scope, search, terms, page }: Looking, ids: Sql, by: 'run' | 'all'): Sql {
  const { filter, projectIds, now } = search;
  const fits = by === 'all' ? sql`TRUE` : conditionOf(filter, { projectIds, now, by });
  const columns = numbered(terms);
  const values = terms.map(({ value }, i) => sql`${value(sql`r.id`)} AS ${column(i)}`);
  return sql`WITH m AS MATERIALIZED (${ids})
    SELECT ${texts(terms)} FROM (
      SELECT ${join(values)} FROM m JOIN run r ON r.id = m.id WHERE ${inScope(scope, filter)} AND ${fits} OFFSET 0
    ) y WHERE ${between(terms, columns, page)} ORDER BY ${ordering(terms, columns, page.backwards)} LIMIT ${page.limit}`;
}

async function walk(looking: Looking): Promise<FoundRun[]> {
  const { terms, page } = looking;
  const [first] = terms;
  const place = page.backwards ? page.before : page.after;
  const sections = !first.optional ? ['valued'] : page.backwards ? ['missing', 'valued'] : ['valued', 'missing'];
  const found: FoundRun[] = [];
  for (const section of sections) {
    // What lies before the place is done with.
    if (place && section !== sections.at(-1) && (place[0] === null) !== (section === 'missing')) continue;
    const begun = place && (place[0] === null) === (section === 'missing') ? place : undefined;
    const source = section === 'valued' ? valued(looking, begun) : missing(looking, begun);
    found.push(...(await walkSource(looking, source, page.limit - found.length)));
    if (found.length >= page.limit) return found;
    const [walked] = await looking.read<{ count: number }>(sql`SELECT count(*)::int AS count FROM (${source.rows}) c`);
    if (walked!.count >= WALK) return sortAll(looking, fitting(looking), 'all');
  }
  return found;
}

function fitting({ scope, search: { filter, projectIds, now } }: Looking): Sql {
  const condition = conditionOf(filter, { projectIds, now, by: 'all' });
  return sql`SELECT r.id FROM run r WHERE ${inScope(scope, filter)} AND ${condition}`;
}

interface Source {
  /** Rows of an index with the columns v0, v1 and so on, in their order, WALK of them at most. */
  rows: Sql;
  terms: readonly Term[];
}

async function walkSource({ read, scope, search, page }: Looking, { rows, terms }: Source, limit: number) {
  const { filter, projectIds, now } = search;
  const columns = numbered(terms, 'x');
  const id = columns.at(-1)!;
  const found = await read<Row>(
    sql`SELECT ${texts(terms, 'x')} FROM (${rows}) x JOIN run r ON r.id = ${id}
         WHERE ${inScope(scope, filter)} AND ${conditionOf(filter, { projectIds, now, by: 'run', id })}
         ORDER BY ${ordering(terms, columns, page.backwards)} LIMIT ${limit}`,
  );
  return found.map(foundRun);
}

/** Runs that have the first value, from its index. */
function valued({ scope, search: { filter }, terms, page }: Looking, place: Position | undefined): Source {
  const [first, ...others] = terms;
  const { from, id, value, where } = first.source(scope);
  const here: Term[] = [{ ...first, optional: false }, ...others];
  const values = here.map((term, i) => (i === here.length - 1 ? id : i === 0 ? value : term.value(id)));
  const narrower = (filter.and ?? [filter]).flatMap((leaf) => first.narrow?.(leaf) ?? []);
  const bounds = [
    where,
    ...narrower,
    ...(place ? [behindInIndex(here, values, place, page.backwards)] : []),
    ...otherEnd(here, values, page),
  ];
  const selected = values.map((v, i) => sql`${v} AS ${column(i)}`);
  return {
    terms: here,
    rows: sql`SELECT ${join(selected)} FROM ${from} WHERE ${join(bounds, ' AND ')}
      ORDER BY ${ordering(here, values, page.backwards)} LIMIT ${WALK}`,
  };
}

/** Runs that have none, in the order of the other values. */
function missing({ scope, terms, page }: Looking, place: Position | undefined): Source {
  const [first, ...others] = terms;
  const { from, id, where } = first.source(scope);
  const none = NO_VALUE[first.type];
  const values = [none, ...others.map((term, i) => (i === others.length - 1 ? sql`z.id` : term.value(sql`z.id`)))];
  const rest = values.slice(1);
  const of = scope.kind === 'project' ? sql`z.project_id = ${scope.projectId}` : sql`z.experiment_id = ${scope.id}`;
  const bounds = [
    of,
    sql`NOT EXISTS (SELECT 1 FROM ${from} WHERE ${where} AND ${id} = z.id)`,
    ...(place ? [behind(others, rest, place.slice(1), page.backwards)] : []),
    ...otherEnd(terms, values, page),
  ];
  const selected = values.map((v, i) => sql`${v} AS ${column(i)}`);
  return {
    terms,
    rows: sql`SELECT ${join(selected)} FROM run z WHERE ${join(bounds, ' AND ')}
      ORDER BY ${ordering(others, rest, page.backwards)} LIMIT ${WALK}`,
  };
}

/** The end of the page that is not walked from: `before` of a page that goes forwards. */
function otherEnd(terms: readonly Term[], values: readonly Sql[], { after, before, backwards }: Page): Sql[] {
  const end = backwards ? after : before;
  if (!end) return [];
  return [behind(terms, values, end, !backwards)];
}

function between(terms: readonly Term[], values: readonly Sql[], { after, before }: Page): Sql {
  return join(
    [
      sql`TRUE`,
      ...(after ? [behind(terms, values, after, false)] : []),
      ...(before ? [behind(terms, values, before, true)] : []),
    ],
    ' AND ',
  );
}

const column = (i: number): Sql => raw(`v${i}`);
const numbered = (terms: readonly Term[], of = 'y'): Sql[] => terms.map((_, i) => raw(`${of}.v${i}`));
const texts = (terms: readonly Term[], of = 'y'): Sql =>
  join(terms.map(({ type }, i) => sql`${TEXT_OF[type](raw(`${of}.v${i}`))} AS ${column(i)}`));
