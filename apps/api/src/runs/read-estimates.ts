import type { Estimate } from '@samplewise/evaluation';
import { batched } from '../batched.ts';

/** Estimates of one run by the names of their metrics. */
export interface EstimatesOfRun {
  runId: bigint;
  /** As tables of runs name them, such as `macro_f1`. */
  metrics: readonly string[];
}

/** `macro_f1`, as it is called in a stored evaluation. */
const stored = (metric: string): string => metric.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Of many runs in one statement, without the curves and matrices that are stored beside. */
export const runEstimates = batched<EstimatesOfRun, (Estimate | null)[]>(async ({ database }, asked) => {
  const answers = new Map<EstimatesOfRun, (Estimate | null)[]>();
  for (const group of Map.groupBy(asked, ({ metrics }) => JSON.stringify(metrics)).values()) {
    const { rows } = await database.pool.query<{
      run_id: bigint;
      estimates: Readonly<Record<string, Estimate | null>>;
    }>(
      `SELECT run_id, (SELECT json_object_agg(key, result->'metrics'->key) FROM unnest($2::text[]) key) AS estimates
         FROM evaluation WHERE run_id = ANY($1::int8[])`,
      [group.map(({ runId }) => runId), group[0]!.metrics.map(stored)],
    );
    const byRun = new Map(rows.map((row) => [row.run_id, row.estimates]));
    for (const one of group) {
      const estimates = byRun.get(one.runId);
      answers.set(
        one,
        one.metrics.map((metric) => estimates?.[stored(metric)] ?? null),
      );
    }
  }
  return asked.map((one) => answers.get(one)!);
});
