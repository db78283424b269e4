export type { ConfusionMatrix } from './confusion.ts';
export { EvaluationInputError } from './errors.ts';
export type { Estimate } from './estimate.ts';
export {
  evaluate,
  EVALUATION_VERSION,
  type ClassEvaluation,
  type Evaluation,
  type EvaluationOptions,
} from './evaluate.ts';
export { NO_PREDICTION, type Predictions } from './predictions.ts';
