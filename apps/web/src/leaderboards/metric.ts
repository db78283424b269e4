import type { Unit } from '@/design/EstimateCell';

/** Metrics that are shares, and shown in per cent. */
const SHARES = new Set(['accuracy', 'balancedAccuracy', 'macroF1', 'macroPrecision', 'macroRecall', 'weightedF1']);

export const unitOf = (metric: string): Unit => (SHARES.has(metric) ? 'percent' : 'number');

/** What the API ranks by; beside these `logged:<key>`. */
export const METRICS = [
  'accuracy',
  'balancedAccuracy',
  'macroF1',
  'macroPrecision',
  'macroRecall',
  'weightedF1',
  'cohenKappa',
  'matthewsCorrelation',
  'macroRocAuc',
  'logLoss',
  'brierScore',
] as const;

/** What a run costs; beside these `logged:<key>`. */
export const COSTS = [
  'latencyP50Milliseconds',
  'latencyP95Milliseconds',
  'inferenceSeconds',
  'preprocessingSeconds',
  'trainingSeconds',
  'cpuSeconds',
  'peakMemoryBytes',
] as const;

/** `macroF1` -> 'Macro F1', `latencyP50Milliseconds` -> 'Latency p50, ms' */
export function nameOf(metric: string): string {
  const words = metric
    .replace(/^logged:/, '')
    .replace(/Milliseconds$/, ', ms')
    .replace(/Seconds$/, ', s')
    .replace(/Bytes$/, ', MiB')
    .replace(/^cpu(?=,)/, 'CPU time')
    .replace(/RocAuc$/, ' ROC AUC')
    .replace(/([a-z])([A-Z])(?![A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
    .replace(/\bf1\b/, 'F1');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A cost in the unit that its name tells. */
export const inItsUnit = (cost: string, value: number): number =>
  cost.endsWith('Bytes') && !cost.startsWith('logged:') ? value / 1024 ** 2 : value;
