import type { Unit } from '@/design/EstimateCell';

/** Metrics that are shares, and shown in per cent. */
const SHARES = new Set(['accuracy', 'balancedAccuracy', 'macroF1', 'macroPrecision', 'macroRecall', 'weightedF1']);

export const unitOf = (metric: string): Unit => (SHARES.has(metric) ? 'percent' : 'number');

/** `macroF1` -> 'Macro F1', `latencyP50Milliseconds` -> 'Latency p50, ms' */
export function nameOf(metric: string): string {
  const words = metric
    .replace(/^logged:/, '')
    .replace(/Milliseconds$/, ', ms')
    .replace(/Seconds$/, ', s')
    .replace(/Bytes$/, ', bytes')
    .replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
    .replace(/\bf1\b/, 'F1');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
