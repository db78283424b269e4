import type { MetricAggregate } from '@samplewise/domain';
import { batched } from '../batched.ts';

/** Values of one run by their keys, for a table with a column for each key. */
export interface ValuesOfRun {
  runId: bigint;
  keys: readonly string[];
}

type Values = Readonly<Record<string, string | number>>;

/** Those that are asked for together come from one column of one table, so that their keys are the same. */
function valuesBy<A extends ValuesOfRun>(of: (asked: A) => string, statement: (asked: A) => string) {
  return batched<A, (string | number | null)[]>(async ({ database }, asked) => {
    const values = new Map<A, Values>();
    for (const group of Map.groupBy(asked, (one) => `${of(one)} ${JSON.stringify(one.keys)}`).values()) {
      const [first] = group as [A];
      // One JSON a run is read several times as fast as a row a value.
      const { rows } = await database.pool.query<{ run_id: bigint; values: Values }>(statement(first), [
        group.map(({ runId }) => runId),
        first.keys,
      ]);
      const byRun = new Map(rows.map((row) => [row.run_id, row.values]));
      for (const one of group) values.set(one, byRun.get(one.runId) ?? {});
    }
    return asked.map((one) =>
      one.keys.map((key) => (Object.hasOwn(values.get(one)!, key) ? values.get(one)![key]! : null)),
    );
  });
}

const textsOf = (table: 'run_param' | 'run_tag') =>
  valuesBy(
    () => table,
    () => `SELECT run_id, json_object_agg(key, value) AS values FROM ${table}
            WHERE run_id = ANY($1::int8[]) AND key = ANY($2::text[]) GROUP BY run_id`,
  );
export const paramValues = textsOf('run_param');
export const tagValues = textsOf('run_tag');

const COLUMNS: Readonly<Record<MetricAggregate, string>> = { LAST: 'last', MIN: 'min', MAX: 'max', STEP: 'last_step' };

/** NaN and infinities come as texts, as Postgres writes them in JSON. */
export const metricValues = valuesBy(
  ({ aggregate }: ValuesOfRun & { aggregate: MetricAggregate }) => aggregate,
  ({ aggregate }) => `SELECT s.run_id, json_object_agg(k.name, s.${COLUMNS[aggregate]}) AS values
      FROM metric_summary s JOIN metric_key k ON k.id = s.key_id
     WHERE s.run_id = ANY($1::int8[]) AND s.key_id = ANY(ARRAY(SELECT id FROM metric_key WHERE name = ANY($2::text[])))
     GROUP BY s.run_id`,
);
