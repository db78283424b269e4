import { EvaluationInputError } from '../errors.ts';
import type { Estimate } from '../estimate.ts';
import { checkLabelColumn, checkLength } from '../predictions.ts';
import { fleissKappa, kappaBetween } from './agreement.ts';
import { holm } from './corrections.ts';
import { accuracyDifference } from './effect-sizes.ts';
import { cochranQ, type ChiSquaredTest } from './many-runs.ts';
import { mcnemar } from './mcnemar.ts';

export interface PairwiseMcNemar {
  readonly first: number;
  readonly second: number;
  readonly fixed: number;
  readonly broken: number;
  /** Share of samples with the same prediction. */
  readonly same: number;
  /** Of the accuracies, second - first. */
  readonly difference: Estimate;
  /** Mid-p of McNemar's test. */
  readonly p: number;
  /** The same, corrected by Holm for all pairs. */
  readonly adjusted: number;
}

/**
 * McNemar's test of every pair of runs on the same samples, corrected by Holm.
 * @param predicted a column for each run; -1 is wrong
 * @throws EvaluationInputError naming the argument and the index
 */
export function pairwiseMcnemar(
  truth: Int16Array,
  predicted: readonly Int16Array[],
  confidence = 0.95,
): PairwiseMcNemar[] {
  const correct = correctness(truth, predicted);
  const pairs = correct.flatMap((a, first) =>
    correct.slice(first + 1).map((b, at) => {
      const counts = { bothRight: 0, fixed: 0, broken: 0, bothWrong: 0 };
      for (let i = 0; i < a.length; i++) {
        if (a[i] === 1) counts[b[i] === 1 ? 'bothRight' : 'broken']++;
        else counts[b[i] === 1 ? 'fixed' : 'bothWrong']++;
      }
      const { fixed, broken } = counts;
      const second = first + 1 + at;
      const difference = accuracyDifference(counts, confidence);
      const same = sameShare(predicted[first]!, predicted[second]!);
      return { first, second, fixed, broken, same, difference, p: mcnemar(fixed, broken).midP };
    }),
  );
  const adjusted = holm(pairs.map((pair) => pair.p));
  return pairs.map((pair, i) => ({ ...pair, adjusted: adjusted[i]! }));
}

function sameShare(first: Int16Array, second: Int16Array): number {
  let same = 0;
  for (let i = 0; i < first.length; i++) if (first[i] === second[i]) same++;
  return same / first.length;
}

export interface ManyRunsComparison {
  readonly cochranQ: ChiSquaredTest;
  readonly pairs: readonly PairwiseMcNemar[];
  readonly fleissKappa: Estimate;
  /** Cohen's kappa between each two runs' predictions, runs x runs. */
  readonly kappa: readonly (readonly Estimate[])[];
}

/**
 * Several runs on the same samples: one test for all, then each pair.
 * @throws EvaluationInputError naming the argument and the index
 */
export function compareManyRuns(
  truth: Int16Array,
  predicted: readonly Int16Array[],
  confidence = 0.95,
): ManyRunsComparison {
  return {
    cochranQ: cochranQ(correctness(truth, predicted)),
    pairs: pairwiseMcnemar(truth, predicted, confidence),
    fleissKappa: fleissKappa(predicted),
    kappa: predicted.map((a) => predicted.map((b) => kappaBetween(a, b))),
  };
}

function correctness(truth: Int16Array, predicted: readonly Int16Array[]): Uint8Array[] {
  if (truth.length === 0) throw new EvaluationInputError('truth', 'is empty; there is nothing to compare');
  if (predicted.length < 2) throw new EvaluationInputError('predicted', `needs two runs, has ${predicted.length}`);
  checkLabelColumn('truth', truth, 0, 2 ** 15);
  return predicted.map((column, run) => {
    checkLength(`predicted[${run}]`, column.length, truth.length);
    checkLabelColumn(`predicted[${run}]`, column, -1, 2 ** 15);
    return Uint8Array.from(column, (label, i) => (label === truth[i] ? 1 : 0));
  });
}
