import { accuracyDifference } from '../comparison/effect-sizes.ts';
import { holm } from '../comparison/corrections.ts';
import { EvaluationInputError } from '../errors.ts';
import { exactEstimate, undefinedEstimate, type Estimate } from '../estimate.ts';
import { percentileInterval } from '../intervals.ts';
import { checkResampling, type ResamplingOptions } from '../options.ts';
import { checkPredictions, checkLength } from '../predictions.ts';
import { randomStream } from '../random.ts';
import { proportion } from '../wilson.ts';
import { bootstrapRanks } from './bootstrap-ranks.ts';
import { letterDisplay, type SignificanceGroup } from './letter-display.ts';
import { bootstrapTest, PairedCorrectness, rankSets, testAllPairs, type PairTest, type RankSet } from './pairs.ts';
import { rankedMetric, type RankedMetricName } from './ranked-metrics.ts';
import { SharedSamples } from './shared-samples.ts';

/** With more runs than this only differences to the leader are tested, and ranks have no confidence set. */
export const PAIRWISE_LIMIT = 200;
/** Most runs of one ranking. */
export const RANKING_LIMIT = 2000;

/** Predictions of several runs on the same samples: element i of every column belongs to sample i. */
export interface RankedPredictions {
  readonly labels: readonly string[];
  readonly truth: Int16Array;
  /** A column for each run; -1 where there is no prediction. */
  readonly predicted: readonly Int16Array[];
  /** 1 for the samples that count; all unless given. */
  readonly mask?: Uint8Array;
  /** How much each sample counts, from 0 on; all alike unless given. */
  readonly weights?: Float64Array;
}

export interface RankingOptions extends ResamplingOptions {
  readonly metric: RankedMetricName;
}

export interface RankedRun {
  /** 1 + the runs with a higher value. */
  readonly rank: number;
  readonly estimate: Estimate;
  /** The ranks that it may truly have; see `rankSets`. Null with more runs than PAIRWISE_LIMIT. */
  readonly ranks: RankSet | null;
  /** Where it stands in the draws of the bootstrap, and how often first. */
  readonly bootstrapRanks: RankSet;
  readonly first: number;
  /** Null for the leader. */
  readonly toLeader: {
    /** The leader's value is subtracted. */
    readonly difference: Estimate;
    readonly p: number;
    /** The same, corrected by Holm for all runs that stand beside the leader. */
    readonly adjusted: number;
  } | null;
}

export interface Ranking {
  readonly metric: RankedMetricName;
  /** Those that count. */
  readonly samples: number;
  readonly seed: number;
  readonly draws: number;
  readonly confidence: number;
  /** Of pairs and differences: 'mcnemar mid-p' or 'paired bootstrap'. */
  readonly test: string;
  /** In the order given. */
  readonly runs: readonly RankedRun[];
  /** Positions of the runs, the best first. */
  readonly order: readonly number[];
  /** Runs that can't be told apart share a group; null with more runs than PAIRWISE_LIMIT, or of too many groups. */
  readonly groups: readonly SignificanceGroup[] | null;
}

/**
 * Ranks runs by a metric on the same samples, and says how sure the ranks are: an interval of each value, the
 * difference to the leader with a paired test, the ranks that each run may truly have, and groups of runs that can't be
 * told apart. All hold at `confidence`, ranks and groups for all runs together.
 *
 * Accuracies are tested by McNemar's mid-p; other metrics, and samples with weights, by a paired stratified bootstrap, in
 * which a sample is drawn with the predictions of all runs. A run whose metric is undefined is last.
 * @throws EvaluationInputError naming the argument and the index
 */
export function rankRuns(given: RankedPredictions, options: RankingOptions): Ranking {
  const { labels, truth, predicted, weights } = countingSamples(given);
  const { seed, draws, confidence } = checkResampling(options);
  const { of, reads } = rankedMetric(options.metric);
  const runs = predicted.length;
  const shared = new SharedSamples({ classes: labels.length, truth, predicted, weights, reads });
  const observed = shared.observed().map(of);
  const values = predicted.map(() => new Float64Array(draws));
  const random = randomStream(seed);
  for (let draw = 0; draw < draws; draw++) {
    shared.draw(random).forEach((sums, run) => (values[run]![draw] = of(sums)));
  }
  const correctness = options.metric === 'accuracy' && !weights ? new PairedCorrectness(truth, predicted) : undefined;
  const test: PairTest = correctness?.test ?? bootstrapTest(observed, values);

  const order = Array.from({ length: runs }, (_, run) => run).sort(
    (a, b) => comparable(observed[b]!) - comparable(observed[a]!) || a - b,
  );
  const leader = order[0]!;
  const others = order.slice(1);
  const p = others.map((run) => test(leader, run));
  const adjusted = holm(p);
  const difference = (run: number): Estimate =>
    correctness
      ? accuracyDifference(correctness.counts(leader, run), confidence)
      : bootstrapDifference(observed, values, leader, run, confidence);
  const pairs = runs > PAIRWISE_LIMIT ? undefined : testAllPairs(runs, test);
  const sets = pairs && rankSets(observed, pairs, 1 - confidence);
  const drawnRanks = bootstrapRanks(values, confidence);
  const position = new Map(order.map((run, at) => [run, at]));
  return {
    metric: options.metric,
    samples: truth.length,
    seed,
    draws,
    confidence,
    test: correctness ? 'mcnemar mid-p' : 'paired bootstrap',
    order,
    runs: observed.map((value, run): RankedRun => {
      const at = others.indexOf(run);
      const { low, high, first } = drawnRanks[run]!;
      return {
        rank: 1 + observed.filter((other) => comparable(other) > comparable(value)).length,
        estimate: estimateOf(value, values[run]!, correctness?.counts(run, run).bothRight, truth.length, confidence),
        ranks: sets?.[run] ?? null,
        bootstrapRanks: { low, high },
        first,
        toLeader: at < 0 ? null : { difference: difference(run), p: p[at]!, adjusted: adjusted[at]! },
      };
    }),
    groups: pairs ? groupsOf(runs, pairs, position, order, 1 - confidence) : null,
  };
}

/** Letters are given in the order of the ranks. */
function groupsOf(
  runs: number,
  pairs: ReturnType<typeof testAllPairs>,
  position: ReadonlyMap<number, number>,
  order: readonly number[],
  alpha: number,
): SignificanceGroup[] | null {
  const different = pairs
    .filter((pair) => pair.adjusted <= alpha)
    .map(({ first, second }) => [position.get(first)!, position.get(second)!] as const);
  const groups = letterDisplay(runs, different);
  return groups?.map(({ letter, members }) => ({ letter, members: members.map((at) => order[at]!) })) ?? null;
}

function estimateOf(
  value: number,
  drawn: Float64Array,
  correct: number | undefined,
  samples: number,
  confidence: number,
): Estimate {
  if (correct !== undefined) return proportion(correct, samples, confidence, 'there are no samples');
  if (Number.isNaN(value)) return undefinedEstimate('it is undefined for these predictions');
  const interval = percentileInterval(drawn, confidence);
  return interval ? { value, ...interval, method: 'stratified percentile bootstrap' } : exactEstimate(value);
}

function bootstrapDifference(
  observed: readonly number[],
  values: readonly Float64Array[],
  leader: number,
  run: number,
  confidence: number,
): Estimate {
  const value = observed[run]! - observed[leader]!;
  if (Number.isNaN(value)) return undefinedEstimate('it is undefined for one of the runs');
  const interval = percentileInterval(
    values[run]!.map((drawn, draw) => drawn - values[leader]![draw]!),
    confidence,
  );
  return interval ? { value, ...interval, method: 'paired stratified percentile bootstrap' } : exactEstimate(value);
}

/** Undefined values come last. */
const comparable = (value: number): number => (Number.isNaN(value) ? -Number.MAX_VALUE : value);

/** @throws EvaluationInputError */
function countingSamples({ labels, truth, predicted, mask, weights }: RankedPredictions) {
  if (predicted.length < 1 || predicted.length > RANKING_LIMIT) {
    throw new EvaluationInputError('predicted', `has ${predicted.length} runs, expected 1 to ${RANKING_LIMIT}`);
  }
  if (mask) checkLength('mask', mask.length, truth.length);
  predicted.forEach((column, run) => {
    checkLength(`predicted[${run}]`, column.length, truth.length);
    checkPredictions({ labels, truth, predicted: column, ...(weights && { weights }) });
  });
  if (!mask || mask.every((counts) => counts !== 0)) return { labels, truth, predicted, weights };
  const counts = (_: number, i: number): boolean => mask[i] !== 0;
  const kept = truth.filter(counts);
  if (kept.length === 0) throw new EvaluationInputError('mask', 'leaves no sample; there is nothing to rank by');
  return {
    labels,
    truth: kept,
    predicted: predicted.map((column) => column.filter(counts)),
    weights: weights?.filter(counts),
  };
}
