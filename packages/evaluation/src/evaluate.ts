import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { bootstrapClassSums, percentileInterval, quantile } from './bootstrap.ts';
import { classSums, confusionMatrix, flatten, type ConfusionMatrix } from './confusion.ts';
import { EvaluationInputError } from './errors.ts';
import { undefinedEstimate, type Estimate } from './estimate.ts';
import * as metric from './metrics.ts';
import { checkPredictions, type Predictions } from './predictions.ts';
import { wilsonInterval } from './wilson.ts';

/** Changes whenever the same predictions would give other figures; stored with every evaluation. */
export const EVALUATION_VERSION = '1';

export interface EvaluationOptions {
  readonly seed?: number;
  /** Bootstrap draws. */
  readonly draws?: number;
  /** Of the intervals, e.g. 0.95. */
  readonly confidence?: number;
}

export interface ClassEvaluation {
  readonly label: string;
  /** Samples of this class. */
  readonly support: number;
  /** Samples predicted as this class. */
  readonly predicted: number;
  readonly precision: Estimate;
  readonly recall: Estimate;
  readonly f1: Estimate;
}

const OVERALL = {
  balancedAccuracy: metric.balancedAccuracy,
  macroPrecision: metric.macro(metric.precision),
  macroRecall: metric.macro(metric.recall),
  macroF1: metric.macro(metric.f1),
  weightedPrecision: metric.weighted(metric.precision),
  weightedRecall: metric.weighted(metric.recall),
  weightedF1: metric.weighted(metric.f1),
} as const satisfies Record<string, metric.OverallMetric>;
type OverallName = keyof typeof OVERALL;

/** Everything is a plain value, so that it can be stored as JSON. */
export interface Evaluation {
  readonly codeVersion: string;
  readonly samples: number;
  /** Samples that have a prediction. */
  readonly covered: number;
  readonly confidence: number;
  readonly seed: number;
  readonly draws: number;
  readonly metrics: Readonly<Record<'accuracy' | 'coveredAccuracy' | OverallName, Estimate>>;
  readonly perClass: readonly ClassEvaluation[];
  readonly confusion: ConfusionMatrix;
  /** Microseconds for a sample; null where no latencies were given. */
  readonly latency: { readonly p50: number; readonly p95: number; readonly p99: number } | null;
}

/**
 * Evaluates predictions of one run. `accuracy` is over all samples, one without a prediction being wrong;
 * `coveredAccuracy` is over those with a prediction. Proportions have Wilson's interval, the rest a stratified
 * percentile bootstrap.
 * @throws EvaluationInputError
 */
export function evaluate(predictions: Predictions, options: EvaluationOptions = {}): Evaluation {
  checkPredictions(predictions);
  const { seed, draws, confidence } = checkOptions(options);
  const matrix = confusionMatrix(predictions);
  const k = matrix.labels.length;
  const sums = classSums(flatten(matrix), k);
  const bootstrap = drawAll(matrix, draws, seed);
  const samples = predictions.truth.length;
  const missing = matrix.none.reduce((a, b) => a + b, 0);
  const correct = sums.correct.reduce((a, b) => a + b, 0);
  const proportion = (successes: number, trials: number, reason: string): Estimate => {
    if (trials === 0) return undefinedEstimate(reason);
    const interval = wilsonInterval(successes, trials, normalQuantile((1 + confidence) / 2, 0, 1));
    return { value: successes / trials, ...interval, method: 'wilson' };
  };
  const resampled = (name: OverallName): Estimate => {
    const value = OVERALL[name](sums);
    if (Number.isNaN(value)) return undefinedEstimate('no class occurs');
    const interval = percentileInterval(bootstrap.overall[name], confidence);
    return { value, ...interval, method: 'stratified percentile bootstrap' };
  };
  return {
    codeVersion: EVALUATION_VERSION,
    samples,
    covered: samples - missing,
    confidence,
    seed,
    draws,
    metrics: {
      accuracy: proportion(correct, samples, 'there are no samples'),
      coveredAccuracy: proportion(correct, samples - missing, 'no sample has a prediction'),
      ...mapValues(OVERALL, resampled),
    },
    perClass: matrix.labels.map((label, c) => ({
      label,
      support: sums.support[c]!,
      predicted: sums.predicted[c]!,
      precision: proportion(sums.correct[c]!, sums.predicted[c]!, `${label} is never predicted`),
      recall: proportion(sums.correct[c]!, sums.support[c]!, `${label} does not occur`),
      f1: classF1(label, metric.f1(sums, c), bootstrap.f1[c]!, confidence),
    })),
    confusion: matrix,
    latency: predictions.latencyMicros ? latencyPercentiles(predictions.latencyMicros) : null,
  };
}

function classF1(label: string, value: number, draws: Float64Array, confidence: number): Estimate {
  if (Number.isNaN(value)) return undefinedEstimate(`${label} neither occurs nor is predicted`);
  return { value, ...percentileInterval(draws, confidence), method: 'stratified percentile bootstrap' };
}

function drawAll(matrix: ConfusionMatrix, draws: number, seed: number) {
  const overall = mapValues(OVERALL, () => new Float64Array(draws));
  const f1 = matrix.labels.map(() => new Float64Array(draws));
  let draw = 0;
  for (const sums of bootstrapClassSums(matrix, draws, seed)) {
    for (const name of Object.keys(OVERALL) as OverallName[]) overall[name][draw] = OVERALL[name](sums);
    f1.forEach((values, c) => (values[draw] = metric.f1(sums, c)));
    draw++;
  }
  return { overall, f1 };
}

function latencyPercentiles(latencyMicros: Int32Array) {
  const sorted = Float64Array.from(latencyMicros).sort();
  return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), p99: quantile(sorted, 0.99) };
}

function checkOptions({ seed = 0, draws = 1000, confidence = 0.95 }: EvaluationOptions) {
  if (!Number.isInteger(seed) || seed < 0 || seed > 2 ** 31) {
    throw new EvaluationInputError('seed', `is ${seed}, expected an integer from 0 to 2^31`);
  }
  if (!Number.isInteger(draws) || draws < 1 || draws > 1_000_000) {
    throw new EvaluationInputError('draws', `is ${draws}, expected an integer from 1 to 1,000,000`);
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new EvaluationInputError('confidence', `is ${confidence}, expected a number between 0 and 1`);
  }
  return { seed, draws, confidence };
}

function mapValues<K extends string, V, W>(from: Readonly<Record<K, V>>, map: (key: K) => W): Record<K, W> {
  return Object.fromEntries((Object.keys(from) as K[]).map((key) => [key, map(key)])) as Record<K, W>;
}
