import { accuracyCoverage } from './abstention.ts';
import { bootstrapClassSums, bootstrapWeightedSums } from './bootstrap.ts';
import { confusionMatrix } from './confusion.ts';
import { EvaluationInputError } from './errors.ts';
import type { Estimate } from './estimate.ts';
import { evaluateSums, type ConfusionEvaluation, type ConfusionOptions } from './evaluate-confusion.ts';
import { quantile } from './intervals.ts';
import { checkResampling } from './options.ts';
import { checkPredictions, NO_PREDICTION, type Predictions } from './predictions.ts';
import { evaluateScores, type ScoreEvaluation } from './scores/index.ts';

/** Changes whenever the same predictions would give other figures; stored with every evaluation. */
export const EVALUATION_VERSION = '3';

export type EvaluationOptions = ConfusionOptions;

export interface Latency {
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
}

/** Everything is a plain value, so that it can be stored as JSON. */
export interface Evaluation extends ConfusionEvaluation {
  readonly codeVersion: string;
  readonly samples: number;
  /** Samples that have a prediction. */
  readonly covered: number;
  /** Whether samples counted by their weights. */
  readonly weighted: boolean;
  /** What the class scores tell; `problem` says why there is nothing. */
  readonly scores: (ScoreEvaluation & { readonly riskCoverageArea: Estimate }) | { readonly problem: string };
  /** Microseconds for a sample; null where no latencies were given. */
  readonly latency: Latency | null;
}

/**
 * Evaluates predictions of one run. `accuracy` is over all samples, one without a prediction being wrong;
 * `coveredAccuracy` is over those with a prediction. Without weights proportions have Wilson's interval and the rest a
 * stratified bootstrap; with weights everything has the bootstrap. Class scores must be distributions; without them
 * there is nothing that is computed from scores, and the evaluation says so.
 * @throws EvaluationInputError naming the argument and the index
 */
export function evaluate(predictions: Predictions, options: EvaluationOptions = {}): Evaluation {
  checkPredictions(predictions);
  const { seed, draws, confidence } = checkResampling(options);
  const weighted = predictions.weights !== undefined;
  if (weighted && options.interval === 'bca') {
    throw new EvaluationInputError(
      'interval',
      "is 'bca', which is not there for samples with weights; use 'percentile'",
    );
  }
  const matrix = confusionMatrix(predictions);
  const resampled = weighted
    ? bootstrapWeightedSums(predictions, draws, seed)
    : bootstrapClassSums(matrix, draws, seed);
  let covered = 0;
  for (const predicted of predictions.predicted) if (predicted !== NO_PREDICTION) covered++;
  return {
    codeVersion: EVALUATION_VERSION,
    samples: predictions.truth.length,
    covered,
    weighted,
    ...evaluateSums(matrix, resampled, options, !weighted),
    scores: scoresOf(predictions, confidence),
    latency: predictions.latencyMicros ? latencyPercentiles(predictions.latencyMicros) : null,
  };
}

function scoresOf(predictions: Predictions, confidence: number): Evaluation['scores'] {
  if (!predictions.scores) return { problem: 'there are no class scores' };
  return {
    ...evaluateScores(predictions, confidence),
    riskCoverageArea: accuracyCoverage(predictions).riskCoverageArea,
  };
}

function latencyPercentiles(latencyMicros: Int32Array): Latency {
  const sorted = Float64Array.from(latencyMicros).sort();
  const [p50, p90, p95, p99] = [0.5, 0.9, 0.95, 0.99].map((q) => quantile(sorted, q)) as [
    number,
    number,
    number,
    number,
  ];
  return { p50, p90, p95, p99 };
}
