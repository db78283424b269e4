export { fleissKappa, kappaBetween } from './agreement.ts';
export { compareManyRuns, pairwiseMcnemar, type ManyRunsComparison, type PairwiseMcNemar } from './compare-many.ts';
export {
  compareRuns,
  type ClassComparison,
  type ComparedMetric,
  type ComparedMetricName,
  type Comparison,
} from './compare-runs.ts';
export { benjaminiHochberg, holm } from './corrections.ts';
export { accuracyDifference, cohenG, cohenH, type PairedCounts } from './effect-sizes.ts';
export { cochranQ, friedman, nemenyi, type ChiSquaredTest, type Friedman, type Nemenyi } from './many-runs.ts';
export { mcnemar, type McNemar } from './mcnemar.ts';
export { reportedAccuracy, reportedPair, type ReportedPair } from './reported-accuracies.ts';
export { outcomes, OUTCOMES, type Outcome, type PairedPredictions } from './paired-predictions.ts';
