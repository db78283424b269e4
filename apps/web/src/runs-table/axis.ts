import type { Extent } from './run-list';

/** Steps of an axis: its ends rarely change while more rows are read. */
const STEP = 0.1;

/** An axis from 0 to 1 at most that holds all intervals of a column; all rows share it. */
export function axisOf(extent: Extent | undefined): Extent {
  if (!extent) return { low: 0, high: 1 };
  const low = Math.max(0, Math.floor(extent.low / STEP) * STEP);
  return { low, high: Math.min(1, Math.max(low + STEP, Math.ceil(extent.high / STEP) * STEP)) };
}

/** Where a value stands on an axis, 0 to 1. */
export const placeOn = ({ low, high }: Extent, value: number): number =>
  Math.min(1, Math.max(0, (value - low) / (high - low)));
