import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { ExecutedStatement, StatementCounter } from './statement-counter.ts';
import type { World } from './two-worlds.ts';

type Counted = World & { url: string; counter: StatementCounter };

/** Milliseconds after which nothing comes any more of what was asked. */
const QUIET = 60;
const TRIES = 4;

/**
 * What the database is asked for by the same question in several worlds. Which resolver is first, and so what is read
 * together, is a matter of chance; a difference that is there each time is none.
 */
export async function sameWork(
  worlds: readonly Counted[],
  ask: (url: string) => Promise<unknown>,
): Promise<ExecutedStatement[][]> {
  for (let left = TRIES; ; left--) {
    const executed = await Promise.all(
      worlds.map(async ({ url, counter }) => {
        counter.takenOutcomes();
        await ask(url);
        if (left < TRIES) await sleep(QUIET);
        return inOrder(counter.takenOutcomes());
      }),
    );
    const [first, ...others] = executed.map((of) => JSON.stringify(outcomesOf(of)));
    if (left === 1 || others.every((of) => of === first)) return executed;
    await sleep(QUIET);
  }
}

export const outcomesOf = (executed: readonly ExecutedStatement[]): string[] =>
  executed.map(({ statement, outcome }) => `${outcome}: ${statement}`);

/** Statements run side by side, on two connections. */
const inOrder = (executed: ExecutedStatement[]): ExecutedStatement[] =>
  executed
    .filter(({ statement }) => !statement.includes('pgboss'))
    .toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
const key = ({ statement, values, outcome }: ExecutedStatement): string => `${statement} ${values.join()} ${outcome}`;

interface Plan {
  'Node Type': string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
}

/** Steps of a plan, with the rows that each has really seen. */
const shapeOf = (plan: Plan): unknown => [
  plan['Node Type'],
  plan['Index Name'],
  plan['Actual Rows'],
  plan['Actual Loops'],
  plan['Rows Removed by Filter'],
  plan.Plans?.map(shapeOf),
];

/** Whether the database does the same work for each statement in each world. */
export async function comparePlans(worlds: readonly World[], executed: readonly ExecutedStatement[]): Promise<void> {
  const distinct = new Map(
    executed
      .filter(({ statement, outcome }) => /^\s*(?:SELECT|WITH)\b/i.test(statement) && outcome.startsWith('SELECT'))
      .map((one) => [one.statement, one]),
  );
  expect(distinct.size).toBeGreaterThan(50);
  for (const { statement, values } of distinct.values()) {
    const shapes = [];
    for (const { database } of worlds) {
      const { rows } = await database.pool.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
        `EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, FORMAT JSON) ${statement}`,
        values,
      );
      shapes.push(shapeOf(rows[0]!['QUERY PLAN'][0]!.Plan));
    }
    for (const shape of shapes) expect(shape, statement).toEqual(shapes[0]);
  }
}
