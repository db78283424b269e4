import type pg from 'pg';
import { copyRows } from './copy.ts';

/** Points of one metric in columns. */
export interface MetricSeries {
  key: string;
  steps: BigInt64Array;
  /** Milliseconds since 1970. */
  times: Float64Array;
  /** NaN and infinities are kept. */
  values: Float64Array;
}

const UNIQUE_VIOLATION = '23505';
const TARGET = '(run_id, key_id, step, time, value)';
const SUMMARY = '(run_id, project_id, key_id, count, last_step, last_time, last, min, max)';

/**
 * Numbers of metric names, made where there are none. On a connection of its own, before the transaction that uses
 * them: a name without points is harmless, and nobody waits for others' transactions.
 */
export async function metricKeyIds(pool: pg.Pool, names: readonly string[]): Promise<Map<string, number>> {
  const read = async (): Promise<Map<string, number>> => {
    const { rows } = await pool.query<{ id: number; name: string }>(
      'SELECT id, name FROM metric_key WHERE name = ANY($1::text[])',
      [names],
    );
    return new Map(rows.map(({ id, name }) => [name, id]));
  };
  const known = await read();
  const missing = names.filter((name) => !known.has(name));
  if (missing.length === 0) return known;
  await pool.query('INSERT INTO metric_key (name) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [missing.sort()]);
  return read();
}

/**
 * Writes points and brings each metric's row of latest, smallest and largest up to date, in the caller's transaction,
 * which has the run's row locked. Points that are there already (same step and time) are left as they are.
 */
export async function writeMetricPoints(
  client: pg.ClientBase,
  run: { id: bigint; projectId: bigint },
  series: readonly MetricSeries[],
  keyIds: ReadonlyMap<string, number>,
): Promise<void> {
  await client.query('SAVEPOINT points');
  try {
    // COPY takes no ON CONFLICT: the common case, in which all points are new, goes without.
    await copyPoints(client, 'metric_point', [{ run, series }], keyIds);
    await client.query('RELEASE SAVEPOINT points');
    await summarize(
      client,
      run,
      series.map((s) => summaryOf(s, keyIds.get(s.key)!)),
    );
  } catch (error) {
    if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
    await client.query('ROLLBACK TO SAVEPOINT points');
    await writeNewPoints(client, run, series, keyIds);
  }
}

/** A run's metrics, each with all its points. */
export interface RunMetrics {
  run: { id: bigint; projectId: bigint };
  series: readonly MetricSeries[];
}

/** Writes the metrics of many runs that have none yet, in the caller's transaction, with nothing but COPY. */
export async function copyMetrics(
  client: pg.ClientBase,
  runs: readonly RunMetrics[],
  keyIds: ReadonlyMap<string, number>,
): Promise<void> {
  await copyPoints(client, 'metric_point', runs, keyIds);
  const summaries = runs.flatMap(({ run, series }) =>
    series.map((one) => [run, summaryOf(one, keyIds.get(one.key)!)] as const),
  );
  await copyRows(client, `metric_summary ${SUMMARY}`, summaries, (row, [run, summary]) => {
    row.begin(9);
    row.int8(run.id);
    row.int8(run.projectId);
    row.int4(summary.keyId);
    row.int4(summary.count);
    row.int8(summary.lastStep);
    row.timestamp(summary.lastTime);
    row.float8(summary.last);
    row.float8(summary.min);
    row.float8(summary.max);
  });
}

async function writeNewPoints(
  client: pg.ClientBase,
  run: { id: bigint; projectId: bigint },
  series: readonly MetricSeries[],
  keyIds: ReadonlyMap<string, number>,
): Promise<void> {
  await client.query('CREATE TEMPORARY TABLE new_point (LIKE metric_point) ON COMMIT DROP');
  await copyPoints(client, 'new_point', [{ run, series }], keyIds);
  const { rows } = await client.query<{ key_id: number; step: bigint; time: number; value: number }>(
    `INSERT INTO metric_point ${TARGET} SELECT run_id, key_id, step, time, value FROM new_point
     ON CONFLICT DO NOTHING RETURNING key_id, step, extract(epoch FROM time)::float8 * 1000 AS time, value`,
  );
  await client.query('DROP TABLE new_point');
  const inserted = new Map<number, typeof rows>();
  for (const row of rows) inserted.set(row.key_id, [...(inserted.get(row.key_id) ?? []), row]);
  const summaries = [...inserted].map(([keyId, points]) =>
    summaryOf(
      {
        steps: BigInt64Array.from(points, (p) => p.step),
        times: Float64Array.from(points, (p) => p.time),
        values: Float64Array.from(points, (p) => p.value),
      },
      keyId,
    ),
  );
  await summarize(client, run, summaries);
}

function copyPoints(
  client: pg.ClientBase,
  table: string,
  runs: readonly RunMetrics[],
  keyIds: ReadonlyMap<string, number>,
): Promise<void> {
  function* points(): Generator<[bigint, MetricSeries, number, number]> {
    for (const { run, series } of runs) {
      for (const one of series) {
        const keyId = keyIds.get(one.key)!;
        for (let i = 0; i < one.values.length; i++) yield [run.id, one, keyId, i];
      }
    }
  }
  return copyRows(client, `${table} ${TARGET}`, points(), (row, [runId, { steps, times, values }, keyId, i]) => {
    row.begin(5);
    row.int8(runId);
    row.int4(keyId);
    row.int8(steps[i]!);
    row.timestamp(times[i]!);
    row.float8(values[i]!);
  });
}

interface Summary {
  keyId: number;
  count: number;
  lastStep: bigint;
  lastTime: number;
  last: number;
  min: number;
  max: number;
}

/** `min` and `max` pass over NaN, unless there is nothing else. */
function summaryOf({ steps, times, values }: Omit<MetricSeries, 'key'>, keyId: number): Summary {
  let last = 0;
  let [min, max] = [NaN, NaN];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (steps[i]! > steps[last]! || (steps[i] === steps[last] && times[i]! >= times[last]!)) last = i;
    if (!(value >= min)) min = Number.isNaN(value) ? min : value;
    if (!(value <= max)) max = Number.isNaN(value) ? max : value;
  }
  return { keyId, count: values.length, lastStep: steps[last]!, lastTime: times[last]!, last: values[last]!, min, max };
}

async function summarize(
  client: pg.ClientBase,
  run: { id: bigint; projectId: bigint },
  summaries: readonly Summary[],
): Promise<void> {
  const column = <K extends keyof Summary>(name: K): Summary[K][] => summaries.map((s) => s[name]);
  // Postgres takes NaN for the largest number, hence the nullif.
  await client.query(
    `INSERT INTO metric_summary AS s ${SUMMARY}
     SELECT $1, $2, key_id, count, last_step, to_timestamp(last_time / 1000), last, min, max
       FROM unnest($3::int4[], $4::int4[], $5::int8[], $6::float8[], $7::float8[], $8::float8[], $9::float8[])
         AS v(key_id, count, last_step, last_time, last, min, max)
     ON CONFLICT (run_id, key_id) DO UPDATE SET
       count = s.count + excluded.count,
       min = coalesce(least(nullif(s.min, 'NaN'), nullif(excluded.min, 'NaN')), 'NaN'),
       max = coalesce(greatest(nullif(s.max, 'NaN'), nullif(excluded.max, 'NaN')), 'NaN'),
       last_step = CASE WHEN (excluded.last_step, excluded.last_time) >= (s.last_step, s.last_time) THEN excluded.last_step ELSE s.last_step END,
       last_time = CASE WHEN (excluded.last_step, excluded.last_time) >= (s.last_step, s.last_time) THEN excluded.last_time ELSE s.last_time END,
       last = CASE WHEN (excluded.last_step, excluded.last_time) >= (s.last_step, s.last_time) THEN excluded.last ELSE s.last END`,
    [
      run.id,
      run.projectId,
      column('keyId'),
      column('count'),
      column('lastStep').map(String),
      column('lastTime'),
      column('last'),
      column('min'),
      column('max'),
    ],
  );
}

/** Takes metrics of a run away, with all their points, in the caller's transaction, which has the run's row locked. */
export async function removeMetrics(client: pg.ClientBase, runId: bigint, keyIds: readonly number[]): Promise<void> {
  await client.query('DELETE FROM metric_point WHERE run_id = $1 AND key_id = ANY($2)', [runId, keyIds]);
  await client.query('DELETE FROM metric_summary WHERE run_id = $1 AND key_id = ANY($2)', [runId, keyIds]);
}
