import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { ExecutedStatement, StatementCounter } from './statement-counter.ts';
import type { World } from './two-worlds.ts';

type Counted = World & { url: string; counter: StatementCounter };

/** Milliseconds after which nothing comes any more of what was asked. */
const QUIET = 50;
const TRIES = 4;

/**
 * What the database is asked for by the same question in several worlds. A question that is answered before all of it
 * was read leaves statements behind; so a difference counts that is there each time.
 */
export async function sameWork(
  worlds: readonly Counted[],
  ask: (url: string) => Promise<unknown>,
): Promise<ExecutedStatement[][]> {
  for (let left = TRIES; ; left--) {
    const executed = await Promise.all(
      worlds.map(async ({ url, counter }) => {
        if (left < TRIES) await settled(counter);
        else counter.takenOutcomes();
        await ask(url);
        return left < TRIES ? settled(counter) : counter.takenOutcomes();
      }),
    );
    const [first, ...others] = executed.map((of) => JSON.stringify(workOf(of)));
    if (left === 1 || others.every((of) => of === first)) return executed;
  }
}

async function settled(counter: StatementCounter): Promise<ExecutedStatement[]> {
  const executed: ExecutedStatement[] = [];
  for (;;) {
    await sleep(QUIET);
    const more = counter.takenOutcomes();
    if (more.length === 0) return executed;
    executed.push(...more);
  }
}

/** Each statement with the rows of all its outcomes. Which ids are read together is a matter of chance. */
export function workOf(executed: readonly ExecutedStatement[]): [statement: string, rows: number][] {
  const rows = new Map<string, number>();
  for (const { statement, outcome } of executed) {
    if (statement.includes('pgboss')) continue;
    const shape = `${outcome.replace(/ \d+$/, '')}: ${statement.replaceAll(/\$\d+(?:, ?\$\d+)*/g, '$')}`;
    rows.set(shape, (rows.get(shape) ?? 0) + Number(/ (\d+)$/.exec(outcome)?.[1] ?? 0));
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
}

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
