import { bootstrapClassSums } from './bootstrap.ts';
import { checkConfusion, classSums, flatten, type ClassSums, type ConfusionMatrix } from './confusion.ts';
import { undefinedEstimate, type Estimate } from './estimate.ts';
import { bcaInterval, percentileInterval, type Influence } from './intervals.ts';
import * as metric from './metrics.ts';
import { checkResampling, type ResamplingOptions } from './options.ts';
import { proportion } from './wilson.ts';

export interface ConfusionOptions extends ResamplingOptions {
  /** Of what has no interval in closed form; 'percentile' unless given. */
  readonly interval?: 'percentile' | 'bca';
}

/** Each with the reason why it may be undefined. */
const OVERALL = {
  accuracy: [metric.accuracy, 'there are no samples'],
  coveredAccuracy: [metric.coveredAccuracy, 'no sample has a prediction'],
  balancedAccuracy: [metric.balancedAccuracy, 'no class occurs'],
  macroPrecision: [metric.macro(metric.precision), 'no class occurs'],
  macroRecall: [metric.macro(metric.recall), 'no class occurs'],
  macroF1: [metric.macro(metric.f1), 'no class occurs'],
  weightedPrecision: [metric.weighted(metric.precision), 'no class occurs'],
  weightedRecall: [metric.weighted(metric.recall), 'no class occurs'],
  weightedF1: [metric.weighted(metric.f1), 'no class occurs'],
  microPrecision: [metric.coveredAccuracy, 'no sample has a prediction'],
  microRecall: [metric.accuracy, 'there are no samples'],
  microF1: [metric.microF1, 'there are no samples'],
  cohenKappa: [metric.cohenKappa, 'truth and predictions name one and the same class throughout'],
  matthewsCorrelation: [metric.matthewsCorrelation, 'truth or predictions name one class throughout'],
} as const satisfies Record<string, readonly [metric.OverallMetric, string]>;
export type OverallMetricName = keyof typeof OVERALL;
const NAMES = Object.keys(OVERALL) as OverallMetricName[];

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

/** What a confusion matrix alone tells. */
export interface ConfusionEvaluation {
  readonly confidence: number;
  readonly seed: number;
  readonly draws: number;
  readonly metrics: Readonly<Record<OverallMetricName, Estimate>>;
  readonly perClass: readonly ClassEvaluation[];
  readonly confusion: ConfusionMatrix;
}

/**
 * Evaluates a confusion matrix, such as a published one. Accuracies, precision and recall of a class are proportions
 * and have Wilson's interval; the rest has a stratified bootstrap.
 * @throws EvaluationInputError
 */
export function evaluateConfusion(matrix: ConfusionMatrix, options: ConfusionOptions = {}): ConfusionEvaluation {
  checkConfusion(matrix);
  const { draws, seed } = checkResampling(options);
  return evaluateSums(matrix, bootstrapClassSums(matrix, draws, seed), options, true);
}

/**
 * @param resampled class sums of one bootstrap draw after another
 * @param whole the matrix holds counts of samples; sums of weights have no closed intervals and no jackknife by cell
 */
export function evaluateSums(
  matrix: ConfusionMatrix,
  resampled: Iterable<ClassSums>,
  options: ConfusionOptions,
  whole: boolean,
): ConfusionEvaluation {
  const resampling = checkResampling(options);
  const { draws, confidence } = resampling;
  const k = matrix.labels.length;
  const sums = classSums(flatten(matrix), k);
  const bca = options.interval === 'bca' && whole;
  const method = `stratified ${bca ? 'BCa' : 'percentile'} bootstrap`;

  const evaluated: Statistic[] = [
    ...NAMES.map((name) => statistic(OVERALL[name][0], draws)),
    ...matrix.labels.flatMap((_, c) =>
      [metric.precision, metric.recall, metric.f1].map((of) => statistic((s) => of(s, c), draws)),
    ),
  ];
  let draw = 0;
  for (const drawn of resampled) {
    for (const { of, values } of evaluated) values[draw] = of(drawn);
    draw++;
  }
  const estimate = ({ of, values }: Statistic, reason: string): Estimate => {
    const value = of(sums);
    if (Number.isNaN(value)) return undefinedEstimate(reason);
    const interval = bca
      ? bcaInterval(value, values, jackknife(matrix, of), confidence)
      : percentileInterval(values, confidence);
    return { value, ...interval, method };
  };
  const fraction = (at: number, successes: number, trials: number, reason: string): Estimate =>
    whole ? proportion(successes, trials, confidence, reason) : estimate(evaluated[at]!, reason);

  const samples = total(sums.support);
  const correct = total(sums.correct);
  const metrics = Object.fromEntries(
    NAMES.map((name, at) => {
      const [of, reason] = OVERALL[name];
      if (of === metric.accuracy) return [name, fraction(at, correct, samples, reason)];
      if (of === metric.coveredAccuracy) return [name, fraction(at, correct, samples - sums.missing, reason)];
      return [name, estimate(evaluated[at]!, reason)];
    }),
  ) as Record<OverallMetricName, Estimate>;
  const perClass = matrix.labels.map((label, c): ClassEvaluation => {
    const at = NAMES.length + 3 * c;
    const [hits, support, predicted] = [sums.correct[c]!, sums.support[c]!, sums.predicted[c]!];
    return {
      label,
      support,
      predicted,
      precision: fraction(at, hits, predicted, `${label} is never predicted`),
      recall: fraction(at + 1, hits, support, `${label} does not occur`),
      f1: estimate(evaluated[at + 2]!, `${label} neither occurs nor is predicted`),
    };
  });
  return { ...resampling, metrics, perClass, confusion: matrix };
}

interface Statistic {
  of: metric.OverallMetric;
  /** One for each draw. */
  values: Float64Array;
}

const statistic = (of: metric.OverallMetric, draws: number): Statistic => ({ of, values: new Float64Array(draws) });

/** Leaving out any sample of a cell gives the same metric, so that a cell is one influence. */
function jackknife(matrix: ConfusionMatrix, of: metric.OverallMetric): Influence[] {
  const k = matrix.labels.length;
  const flat = flatten(matrix);
  const sizes = classSums(flat, k).support;
  const influences: Influence[] = [];
  for (const [cell, count] of flat.entries()) {
    if (count === 0) continue;
    const stratum = Math.floor(cell / (k + 1));
    flat[cell] = count - 1;
    influences.push({ without: of(classSums(flat, k)), count, stratum, size: sizes[stratum]! });
    flat[cell] = count;
  }
  return influences;
}

function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
