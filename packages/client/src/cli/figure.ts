import type { Estimate } from '../runs.ts';

/** Such as `0.7060 [0.6909, 0.7207]`. */
export function figure({ value, low, high, undefinedReason }: Estimate): string {
  if (value === null) return `undefined (${undefinedReason ?? 'no reason given'})`;
  const interval = low === null || high === null ? '' : ` [${low.toFixed(4)}, ${high.toFixed(4)}]`;
  return `${value.toFixed(4)}${interval}`;
}
