import type { PhaseCost, Phase } from '@samplewise/database';
import { paretoFront } from '@samplewise/evaluation';
import type { Services } from '../context.ts';
import type { RunsComparison } from './compare.ts';

/** What prediction costs; all but memory and latency for 1,000 samples. */
export type CostMeasure =
  'WALL_SECONDS' | 'CPU_SECONDS' | 'PEAK_MEMORY_BYTES' | 'ENERGY_JOULES' | 'PRICE' | 'LATENCY_P50_MILLISECONDS';

export interface CostOfRun {
  runId: bigint;
  /** Null where the run has not told. */
  cost: number | null;
  /** Of the price. */
  currency: string | null;
  /** No other run is at least as accurate for at most this cost, and better in one. */
  onFront: boolean;
}

/** Predicting; trainings and the platform's own evaluation are other matters. */
const PHASES: readonly Phase[] = ['PREPROCESSING', 'INFERENCE'];

/** The cost of each run that is compared, beside its accuracy on the samples of the comparison. */
export async function costFront(
  { database }: Pick<Services, 'database'>,
  { order, referenceId, runs }: RunsComparison,
  measure: CostMeasure,
): Promise<CostOfRun[]> {
  const costs = await database.prisma.phaseCost.findMany({
    where: { runId: { in: [...order] }, phase: { in: [...PHASES] } },
  });
  const latencies =
    measure === 'LATENCY_P50_MILLISECONDS' ? await medianLatencies(database, order) : new Map<bigint, number>();
  const known = order.map((runId): Omit<CostOfRun, 'onFront'> => {
    const of = costs.filter((cost) => cost.runId === runId);
    const cost = measure === 'LATENCY_P50_MILLISECONDS' ? (latencies.get(runId) ?? null) : costOf(of, measure);
    return { runId, cost, currency: of.find(({ currency }) => currency !== null)?.currency ?? null };
  });
  const accuracyOf = (runId: bigint): number | null => {
    const { accuracy } = (runs.find((run) => run.runId === runId) ?? runs[0]!).comparison.metrics;
    return runId === referenceId ? accuracy.first : accuracy.second;
  };
  // Prices of different currencies are no ranking.
  const comparable = measure !== 'PRICE' || new Set(known.flatMap(({ currency }) => currency ?? [])).size <= 1;
  const points = known.flatMap(({ runId, cost }) => {
    const quality = accuracyOf(runId);
    return cost === null || quality === null || !comparable ? [] : [{ id: String(runId), quality, cost }];
  });
  const front = new Set(paretoFront(points).flatMap(({ id, dominatedBy }) => (dominatedBy === null ? [id] : [])));
  return known.map((run) => ({ ...run, onFront: front.has(String(run.runId)) }));
}

const FIELDS = {
  WALL_SECONDS: 'wallSeconds',
  CPU_SECONDS: 'cpuSeconds',
  ENERGY_JOULES: 'energyJoules',
  PRICE: 'price',
} as const;

/** @returns null where a phase has not told, since a part of a cost is none */
function costOf(costs: readonly PhaseCost[], measure: Exclude<CostMeasure, 'LATENCY_P50_MILLISECONDS'>): number | null {
  if (measure === 'PEAK_MEMORY_BYTES') {
    const peaks = costs.flatMap(({ peakMemoryBytes }) => peakMemoryBytes ?? []);
    return peaks.length === 0 ? null : Math.max(...peaks.map(Number));
  }
  const perSample = costs.map((cost) => {
    const value = cost[FIELDS[measure]];
    return value === null || cost.samples === 0 ? null : value / cost.samples;
  });
  if (perSample.length === 0 || perSample.includes(null)) return null;
  return 1000 * perSample.reduce<number>((sum, value) => sum + value!, 0);
}

/** Milliseconds, by run. */
async function medianLatencies({ pool }: Services['database'], ids: readonly bigint[]): Promise<Map<bigint, number>> {
  const { rows } = await pool.query<{ run_id: bigint; p50: number }>(
    `SELECT run_id, (result #>> '{latency,p50}')::float8 AS p50 FROM evaluation
      WHERE run_id = ANY($1) AND result #>> '{latency,p50}' IS NOT NULL`,
    [ids.map(String)],
  );
  return new Map(rows.map(({ run_id, p50 }) => [run_id, p50 / 1000]));
}
