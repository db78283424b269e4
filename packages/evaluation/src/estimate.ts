/**
 * A figure with its interval, or the reason why it has none. There is no NaN: what is undefined says so.
 * `low` and `high` are absent where there is no interval; `method` names that of the interval.
 */
export type Estimate =
  | { readonly value: number; readonly low?: number; readonly high?: number; readonly method: string }
  | { readonly value: null; readonly reason: string };

export function undefinedEstimate(reason: string): Estimate {
  return { value: null, reason };
}

/** A figure without an interval. */
export function exactEstimate(value: number): Estimate {
  return { value, method: 'none' };
}
