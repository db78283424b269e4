import { InvalidInput, parseInput, problem, runKey, type Problem } from '@samplewise/domain';
import { announce, inTransaction, metricKeyIds, writeMetricPoints, type MetricSeries } from '@samplewise/database';
import type { Services } from '../context.ts';
import { claimBatch, digestOfColumns } from './ingest.ts';
import { lockOpenRun } from './lock-run.ts';

export interface SeriesInput {
  key: string;
  steps: BigInt64Array;
  /** Milliseconds since 1970; now unless given. */
  times?: Float64Array | undefined;
  values: Float64Array;
}

const POINT_LIMIT = 200_000;
const SERIES_LIMIT = 1000;
/** Most metrics of one run. */
const KEY_LIMIT = 10_000;
const TOLD_LIMIT = 20;
/** Clocks differ; a time further ahead is a mistake of units. */
const AHEAD_MILLISECONDS = 24 * 3600 * 1000;

/**
 * Stores points of a client's run, all or none. Points that are there already, with the same metric, step and time,
 * are left as they are; so is everything when the same batch is sent again.
 * @throws InvalidInput
 */
export async function logMetrics(
  { database }: Pick<Services, 'database'>,
  runId: bigint,
  batchId: string | undefined,
  input: readonly SeriesInput[],
): Promise<{ repeated: boolean }> {
  if (batchId !== undefined) parseInput(runKey, batchId, 'input.batchId');
  const series = checkSeries(input, Date.now());
  const keyIds = await metricKeyIds(
    database.pool,
    series.map((s) => s.key),
  );
  return inTransaction(database.pool, async (client) => {
    const run = await lockOpenRun(client, runId);
    if (batchId !== undefined) {
      const points = input.reduce((sum, { values }) => sum + values.length, 0);
      const digest = digestOfColumns(input.flatMap((s) => [s.key, s.steps, s.times, s.values]));
      if (!(await claimBatch(client, runId, batchId, points, digest))) return { repeated: true };
    }
    await writeMetricPoints(client, run, series, keyIds);
    const { rows } = await client.query<{ count: bigint }>(
      'SELECT count(*) AS count FROM metric_summary WHERE run_id = $1',
      [runId],
    );
    if (rows[0]!.count > KEY_LIMIT) throw tooMany('metrics in the run', Number(rows[0]!.count), KEY_LIMIT);
    await client.query('UPDATE run SET heartbeat_at = now() WHERE id = $1', [runId]);
    await announce((sql, values) => client.query(sql, values), { kind: 'metrics', runId: String(runId) });
    return { repeated: false };
  });
}

function checkSeries(input: readonly SeriesInput[], now: number): MetricSeries[] {
  const points = input.reduce((sum, { values }) => sum + values.length, 0);
  if (input.length > SERIES_LIMIT) throw tooMany('series', input.length, SERIES_LIMIT);
  if (points > POINT_LIMIT) throw tooMany('points', points, POINT_LIMIT);
  const problems: Problem[] = [];
  const tell = (place: string, message: string, value: unknown): void => {
    if (problems.length < TOLD_LIMIT) problems.push(problem('INVALID_VALUE', message, { place, value }));
  };
  const seen = new Set<string>();
  const series = input.map(({ key, steps, times, values }, s): MetricSeries => {
    const place = `input.series.${s}`;
    const name = runKey.safeParse(key);
    if (!name.success) tell(`${place}.key`, name.error.issues[0]!.message, key);
    if (seen.has(key)) tell(`${place}.key`, 'This metric comes twice.', key);
    seen.add(key);
    if (values.length === 0) tell(`${place}.values`, 'There are no points.', 0);
    if (steps.length !== values.length) tell(`${place}.steps`, `Expected ${values.length} steps.`, steps.length);
    if (times && times.length !== values.length)
      tell(`${place}.times`, `Expected ${values.length} times.`, times.length);
    const negative = steps.findIndex((step) => step < 0n);
    if (negative >= 0) tell(`${place}.steps.${negative}`, 'A step must be 0 or more.', steps[negative]);
    const odd = times?.findIndex((time) => !(time >= 0 && time <= now + AHEAD_MILLISECONDS)) ?? -1;
    if (odd >= 0) {
      tell(
        `${place}.times.${odd}`,
        'A time must be milliseconds since 1970, and not in the future.',
        String(times![odd]),
      );
    }
    return { key, steps, times: times ?? new Float64Array(values.length).fill(now), values };
  });
  const [first, ...more] = problems;
  if (first) throw new InvalidInput(first, ...more);
  return series;
}

const tooMany = (what: string, count: number, limit: number): InvalidInput =>
  new InvalidInput(
    problem('TOO_LARGE', `There are ${count} ${what}.`, {
      place: 'input.series',
      value: count,
      mend: `At most ${limit}.`,
    }),
  );
