import { Prisma } from '@samplewise/database';
import type { Position } from './cursor.ts';
import { VALUE_OF, type Term } from './order-sql.ts';

const { sql, join, empty } = Prisma;
type Sql = Prisma.Sql;

/**
 * What lies behind a place in an order: behind it in the first value, or equal in that and behind it in the second,
 * and so on. Runs without a value come last; backwards they come first.
 * @param values of the terms, as SQL
 */
export function behind(terms: readonly Term[], values: readonly Sql[], place: Position, backwards: boolean): Sql {
  const ways = terms.map((term, i) => {
    const equal = terms.slice(0, i).map((_, j) => isAt(terms[j]!, values[j]!, place[j]!));
    return sql`(${join([...equal, beyond(term, values[i]!, place[i]!, backwards)], ' AND ')})`;
  });
  return sql`(${join(ways, ' OR ')})`;
}

function beyond({ type, descending, optional }: Term, value: Sql, at: string | null, backwards: boolean): Sql {
  if (at === null) return backwards ? sql`${value} IS NOT NULL` : sql`FALSE`;
  const smaller = descending !== backwards;
  const further = sql`${value} ${smaller ? sql`<` : sql`>`} ${VALUE_OF[type](at)}`;
  return optional && !backwards ? sql`(${further} OR ${value} IS NULL)` : further;
}

const isAt = ({ type }: Term, value: Sql, at: string | null): Sql =>
  at === null ? sql`${value} IS NULL` : sql`${value} = ${VALUE_OF[type](at)}`;

/** For ORDER BY. */
export function ordering(terms: readonly Term[], values: readonly Sql[], backwards: boolean): Sql {
  return join(
    terms.map(({ descending, optional }, i) => {
      const direction = descending === backwards ? sql`ASC` : sql`DESC`;
      const missing = !optional ? empty : backwards ? sql`NULLS FIRST` : sql`NULLS LAST`;
      return sql`${values[i]!} ${direction} ${missing}`;
    }),
  );
}

/**
 * The same for runs that all have a first value, as an index understands it: two values of one direction are compared
 * as a row, of more the first is bounded.
 */
export function behindInIndex(
  terms: readonly Term[],
  values: readonly Sql[],
  place: Position,
  backwards: boolean,
): Sql {
  const bound = terms.length === 2 ? terms : terms.slice(0, 1);
  const smaller = terms[0]!.descending !== backwards;
  const than = terms.length === 2 ? (smaller ? sql`<` : sql`>`) : smaller ? sql`<=` : sql`>=`;
  const left = join(values.slice(0, bound.length));
  const right = join(bound.map(({ type }, i) => VALUE_OF[type](place[i]!)));
  const row = sql`(${left}) ${than} (${right})`;
  return terms.length === 2 ? row : sql`${row} AND ${behind(terms, values, place, backwards)}`;
}
