export { criticalDifference, type CriticalDifference } from './critical-difference.ts';
export { letterDisplay, type SignificanceGroup } from './letter-display.ts';
export { type RankSet } from './pairs.ts';
export { RANKED_METRICS, type RankedMetricName } from './ranked-metrics.ts';
export {
  PAIRWISE_LIMIT,
  rankRuns,
  RANKING_LIMIT,
  type RankedPredictions,
  type RankedRun,
  type Ranking,
  type RankingOptions,
} from './rank-runs.ts';
