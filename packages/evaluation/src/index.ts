export { accuracyCoverage, type AccuracyCoverage, type AccuracyCoveragePoint } from './abstention.ts';
export { mergeConfusion, type ConfusionMatrix } from './confusion.ts';
export { EvaluationInputError } from './errors.ts';
export type { Estimate } from './estimate.ts';
export {
  evaluateConfusion,
  type ClassEvaluation,
  type ConfusionEvaluation,
  type ConfusionOptions,
  type OverallMetricName,
} from './evaluate-confusion.ts';
export { evaluate, EVALUATION_VERSION, type Evaluation, type EvaluationOptions } from './evaluate.ts';
export { NO_PREDICTION, type Predictions } from './predictions.ts';
export * from './scores/index.ts';
export * from './comparison/index.ts';
export * from './audit/index.ts';
export * from './slices/index.ts';
export * from './cost/index.ts';
export * from './ranking/index.ts';
export * from './images/index.ts';
export * from './training/index.ts';
