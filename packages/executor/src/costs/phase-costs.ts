import type { Phase } from '@samplewise/database';
import type pg from 'pg';
import type { Cost } from '../model-process/protocol.ts';
import { addUp, NOTHING_SPENT, type Spending } from './spending.ts';

/** What a phase cost on one executor. */
export interface SpentCost extends Cost, Spending {
  /** Where it was computed: an execution provider of onnxruntime, or `server`. */
  device: string;
}

/** Of a whole run. */
export interface PhaseTotal extends SpentCost {
  /** Samples that were read from a cache. */
  cached: number;
}

export const NO_COST: SpentCost = {
  wallSeconds: 0,
  cpuSeconds: 0,
  peakMemoryBytes: 0,
  device: 'cpu',
  ...NOTHING_SPENT,
};

/** As stored with a shard; those of former versions lack what was not measured then. */
type StoredCost = Cost & Partial<PhaseTotal>;

export function totalOf(stored: readonly StoredCost[]): PhaseTotal {
  const costs = stored.map((cost) => ({ ...NO_COST, cached: 0, ...cost }));
  // What was read from a cache whole was not computed anywhere.
  const spent = costs.filter((cost) => cost.wallSeconds > 0);
  const sum = (of: (cost: PhaseTotal) => number): number => costs.reduce((all, cost) => all + of(cost), 0);
  return {
    ...addUp(spent.length > 0 ? spent : costs),
    wallSeconds: sum((c) => c.wallSeconds),
    cpuSeconds: sum((c) => c.cpuSeconds),
    peakMemoryBytes: costs.reduce((most, c) => Math.max(most, c.peakMemoryBytes), 0),
    cached: sum((c) => c.cached),
    device: [...new Set(spent.map((c) => c.device))].sort().join(', ') || NO_COST.device,
  };
}

/** @param samples that went through these phases */
export async function storePhaseCosts(
  client: pg.ClientBase,
  runId: bigint,
  samples: number,
  costs: Partial<Record<Phase, PhaseTotal>>,
): Promise<void> {
  for (const [phase, cost] of Object.entries(costs)) {
    await client.query(
      `INSERT INTO phase_cost (run_id, phase, wall_seconds, cpu_seconds, peak_memory_bytes, device, samples, cached,
                               energy_joules, energy_source, price, currency)
       VALUES ($1, $2::"Phase", $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       ON CONFLICT (run_id, phase) DO UPDATE SET wall_seconds = $3, cpu_seconds = $4, peak_memory_bytes = $5,
         device = $6, samples = $7, cached = $8, energy_joules = $9, energy_source = $10, price = $11, currency = $12`,
      [
        ...[runId, phase, cost.wallSeconds, cost.cpuSeconds, cost.peakMemoryBytes, cost.device, samples, cost.cached],
        ...[cost.energyJoules, cost.energySource, cost.price, cost.currency],
      ],
    );
  }
}
