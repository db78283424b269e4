import { bytes, count, duration, money } from '@/design/format';
import type { CostMeasure } from '@/generated/graphql';

/** Costs by their names in the address. */
export const COSTS = {
  wall: { measure: 'WALL_SECONDS', label: 'Time for 1,000 samples' },
  cpu: { measure: 'CPU_SECONDS', label: 'CPU time for 1,000 samples' },
  latency: { measure: 'LATENCY_P50_MILLISECONDS', label: 'Median latency' },
  memory: { measure: 'PEAK_MEMORY_BYTES', label: 'Peak memory' },
  energy: { measure: 'ENERGY_JOULES', label: 'Energy for 1,000 samples' },
  price: { measure: 'PRICE', label: 'Price of 1,000 samples' },
} as const satisfies Record<string, { measure: CostMeasure; label: string }>;
export type Cost = keyof typeof COSTS;

/** A cost in its unit. @param currency of a price */
export function shownCost(cost: Cost, value: number, currency: string | null): string {
  switch (cost) {
    case 'wall':
    case 'cpu':
      return duration(value);
    case 'latency':
      return `${value.toFixed(value < 10 ? 2 : 1)} ms`;
    case 'memory':
      return bytes(value);
    case 'energy':
      return `${count(Math.round(value))} J`;
    case 'price':
      return money(value, currency);
  }
}
