import { metricKeyIds, writeMetricPoints, type Database } from '@samplewise/database';
import type pg from 'pg';

/**
 * Logs one point of each metric, now.
 * @param client of the caller's transaction
 * @param step samples done
 */
export async function logMetrics(
  { pool }: Pick<Database, 'pool'>,
  client: pg.ClientBase,
  run: { id: bigint; projectId: bigint },
  step: number,
  values: Readonly<Record<string, number>>,
): Promise<void> {
  // In one order, so that two writers do not wait for each other.
  const names = Object.keys(values).sort();
  const now = Date.now();
  const series = names.map((key) => ({
    key,
    steps: BigInt64Array.of(BigInt(step)),
    times: Float64Array.of(now),
    values: Float64Array.of(values[key]!),
  }));
  await writeMetricPoints(client, run, series, await metricKeyIds(pool, names));
}
