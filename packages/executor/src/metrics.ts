import type pg from 'pg';

/**
 * Logs one point of each metric, and brings the row of latest, smallest and largest up to date. Keys are sorted, so
 * that two writers lock rows in one order.
 * @param step samples done
 */
export async function logMetrics(
  client: pg.ClientBase,
  runId: bigint,
  step: number,
  values: Readonly<Record<string, number>>,
): Promise<void> {
  const names = Object.keys(values).sort();
  await client.query('INSERT INTO metric_key (name) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [names]);
  await client.query(
    `WITH points AS (
       SELECT k.id AS key_id, v.value FROM unnest($3::text[], $4::float8[]) AS v(name, value) JOIN metric_key k USING (name)
     ), logged AS (
       INSERT INTO metric_point (run_id, key_id, step, time, value)
       SELECT $1, key_id, $2, now(), value FROM points ON CONFLICT DO NOTHING
     )
     INSERT INTO metric_summary AS s (run_id, project_id, key_id, count, last_step, last_time, last, min, max)
     SELECT $1, (SELECT project_id FROM run WHERE id = $1), key_id, 1, $2, now(), value, value, value
       FROM points ORDER BY key_id
     ON CONFLICT (run_id, key_id) DO UPDATE SET
       count = s.count + 1, min = least(s.min, excluded.min), max = greatest(s.max, excluded.max),
       last_step = excluded.last_step, last_time = excluded.last_time, last = excluded.last`,
    [runId, step, names, names.map((name) => values[name])],
  );
}
