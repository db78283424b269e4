/**
 * A figure with its interval, or the reason why it has none. There is no NaN: what is undefined says so.
 * `low` and `high` are absent where an interval makes no sense or was not asked for.
 */
export type Estimate =
  | { readonly value: number; readonly low?: number; readonly high?: number; readonly method: string }
  | { readonly value: null; readonly reason: string };

export function undefinedEstimate(reason: string): Estimate {
  return { value: null, reason };
}
