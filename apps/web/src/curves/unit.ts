/** What the values of a metric are, by its name, as far as it tells. */
export type CurveUnit = 'bytes' | 'percent';

/** Metrics of machines end with their unit. */
export function unitOf(metric: string): CurveUnit | undefined {
  if (!metric.startsWith('system/')) return undefined;
  if (metric.endsWith('_bytes')) return 'bytes';
  return metric.endsWith('_percent') ? 'percent' : undefined;
}
