import * as metric from '../metrics.ts';

/**
 * What runs can be ranked by: metrics of labels, more being better. `reads` says what of a prediction a metric depends
 * on: that it is right, or which class it names.
 */
const METRICS = {
  accuracy: { of: metric.accuracy, reads: 'correct' },
  balancedAccuracy: { of: metric.balancedAccuracy, reads: 'correct' },
  macroPrecision: { of: metric.macro(metric.precision), reads: 'class' },
  macroRecall: { of: metric.macro(metric.recall), reads: 'class' },
  macroF1: { of: metric.macro(metric.f1), reads: 'class' },
  weightedF1: { of: metric.weighted(metric.f1), reads: 'class' },
  cohenKappa: { of: metric.cohenKappa, reads: 'class' },
  matthewsCorrelation: { of: metric.matthewsCorrelation, reads: 'class' },
} as const satisfies Record<string, { of: metric.OverallMetric; reads: 'correct' | 'class' }>;
export type RankedMetricName = keyof typeof METRICS;
export const RANKED_METRICS = Object.keys(METRICS) as RankedMetricName[];

export const rankedMetric = (name: RankedMetricName): { of: metric.OverallMetric; reads: 'correct' | 'class' } =>
  METRICS[name];
