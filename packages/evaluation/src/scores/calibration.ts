import { EvaluationInputError } from '../errors.ts';
import { exactEstimate, undefinedEstimate, type Estimate } from '../estimate.ts';
import { checkFraction } from '../options.ts';
import type { Predictions } from '../predictions.ts';
import { proportion } from '../wilson.ts';
import { checkScores, confidenceOf, coveredSamples, UNCOVERED, weightOf } from './check-scores.ts';
import { sortByScore } from './sort-by-score.ts';

export interface CalibrationOptions {
  /** 15 unless given, as Guo et al. have. */
  readonly bins?: number;
  /** Bins of equal width ('uniform', unless given), or of about equally many samples. */
  readonly strategy?: 'uniform' | 'quantile';
  /** Of the intervals of the bins' accuracies. */
  readonly confidence?: number;
}

export interface CalibrationBin {
  /** Confidences above `low` up to `high` are in the bin; the first one has 0 too. */
  readonly low: number;
  readonly high: number;
  /** Samples; sums of weights where samples have weights. */
  readonly count: number;
  /** Mean confidence. */
  readonly confidence: Estimate;
  readonly accuracy: Estimate;
}

export interface Calibration {
  readonly strategy: 'uniform' | 'quantile';
  /** Expected calibration error: the mean of |accuracy - confidence| over the bins, weighted by their samples. */
  readonly expectedError: Estimate;
  /** Maximum calibration error: the largest |accuracy - confidence| of a bin. */
  readonly maximumError: Estimate;
  readonly bins: readonly CalibrationBin[];
}

/**
 * Reliability of the confidence in what was predicted (Guo, Pleiss, Sun and Weinberger, 2017), over the samples with a
 * prediction. The errors have no interval: binning makes them biased upwards, the more so the fewer the samples.
 * @throws EvaluationInputError
 */
export function calibration(p: Predictions, options: CalibrationOptions = {}): Calibration {
  checkScores(p);
  const { bins = 15, strategy = 'uniform', confidence: level = 0.95 } = options;
  if (!Number.isInteger(bins) || bins < 1 || bins > 1000) {
    throw new EvaluationInputError('bins', `is ${bins}, expected a whole number from 1 to 1,000`);
  }
  if (!['uniform', 'quantile'].includes(strategy)) {
    throw new EvaluationInputError('strategy', `is ${strategy}, expected 'uniform' or 'quantile'`);
  }
  checkFraction('confidence', level);
  const covered = coveredSamples(p);
  const confidences = new Float32Array(covered.length);
  for (let at = 0; at < covered.length; at++) confidences[at] = confidenceOf(p, covered[at]!);
  const weightAt = (at: number): number => weightOf(p, covered[at]!);
  const edges = strategy === 'uniform' ? uniformEdges(bins) : quantileEdges(confidences, weightAt, bins);
  const size = edges.length - 1;
  const sums = {
    count: new Float64Array(size),
    correct: new Float64Array(size),
    confidence: new Float64Array(size),
  };
  covered.forEach((i, at) => {
    const bin = binOf(edges, confidences[at]!);
    const weight = weightOf(p, i);
    sums.count[bin]! += weight;
    sums.confidence[bin]! += weight * confidences[at]!;
    if (p.predicted[i] === p.truth[i]) sums.correct[bin]! += weight;
  });
  const total = sums.count.reduce((a, b) => a + b, 0);
  const gaps = Array.from(sums.count, (count, b) =>
    count === 0 ? 0 : Math.abs(sums.correct[b]! - sums.confidence[b]!) / count,
  );
  const error = (value: number): Estimate => (total === 0 ? undefinedEstimate(UNCOVERED) : exactEstimate(value));
  return {
    strategy,
    expectedError: error(gaps.reduce((sum, gap, b) => sum + (gap * sums.count[b]!) / total, 0)),
    maximumError: error(Math.max(...gaps)),
    bins: gaps.map((_, b): CalibrationBin => {
      const count = sums.count[b]!;
      const [low, high] = [edges[b]!, edges[b + 1]!];
      const none = undefinedEstimate('no sample is in this bin');
      if (count === 0) return { low, high, count, confidence: none, accuracy: none };
      const accuracy = p.weights
        ? exactEstimate(sums.correct[b]! / count)
        : proportion(sums.correct[b]!, count, level, 'no sample is in this bin');
      return { low, high, count, confidence: exactEstimate(sums.confidence[b]! / count), accuracy };
    }),
  };
}

const uniformEdges = (bins: number): number[] => Array.from({ length: bins + 1 }, (_, i) => i / bins);

/**
 * The edges between bins are the smallest confidences with the share 1/bins, 2/bins, ... of the weight at or below them:
 * a sample of weight 2 is as two samples. Equal confidences are in one bin, so that there may be fewer bins than were
 * asked for.
 */
function quantileEdges(confidences: Float32Array, weightAt: (at: number) => number, bins: number): number[] {
  const ascending = sortByScore(confidences).reverse();
  const total = ascending.reduce((sum, at) => sum + weightAt(at), 0);
  const highest = ascending.length === 0 ? 0 : confidences[ascending.at(-1)!]!;
  const inner = new Set<number>();
  let [below, next] = [0, 1];
  for (const at of ascending) {
    below += weightAt(at);
    const edge = confidences[at]!;
    if (below * bins < next * total) continue;
    if (edge > 0 && edge < Math.min(1, highest)) inner.add(edge);
    next = Math.floor((below * bins) / total) + 1;
  }
  return [0, ...inner, 1];
}

/** The first bin whose upper edge is not below the value. */
function binOf(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length - 2];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= edges[middle + 1]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
