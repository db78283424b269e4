import { friedman, nemenyi, type Friedman } from '../comparison/many-runs.ts';

/** What a critical-difference diagram draws (Demsar, 2006, Journal of Machine Learning Research 7, 1). */
export interface CriticalDifference {
  readonly alpha: number;
  /** Over how many datasets. */
  readonly datasets: number;
  /** Whether any model ranks above another at all; the groups mean little where p is above alpha. */
  readonly friedman: Friedman;
  /** Average ranks that are further apart than this differ. */
  readonly criticalDifference: number;
  /** By average rank, the best first. */
  readonly order: readonly { readonly model: number; readonly averageRank: number }[];
  /** Bars of the diagram: positions in `order`, both inclusive, of models that do not differ; none within another. */
  readonly groups: readonly { readonly first: number; readonly last: number }[];
}

/**
 * Compares models over several datasets by their ranks: Friedman's test for all, Nemenyi's for each two.
 * @param scores a column of one score a dataset for each model; higher is better
 * @throws EvaluationInputError for fewer than three models, columns of other lengths, or a score that is no number
 */
export function criticalDifference(scores: readonly Float64Array[], alpha = 0.05): CriticalDifference {
  const test = friedman(scores);
  const datasets = scores[0]!.length;
  const { criticalDifference: distance } = nemenyi(test.averageRanks, datasets, alpha);
  const order = test.averageRanks
    .map((averageRank, model) => ({ model, averageRank }))
    .sort((a, b) => a.averageRank - b.averageRank || a.model - b.model);
  const groups: { first: number; last: number }[] = [];
  let reached = 0;
  order.forEach(({ averageRank }, first) => {
    let last = first;
    while (last + 1 < order.length && order[last + 1]!.averageRank - averageRank <= distance) last++;
    if (last > first && (groups.length === 0 || last > reached)) groups.push({ first, last });
    reached = Math.max(reached, last);
  });
  return { alpha, datasets, friedman: test, criticalDifference: distance, order, groups };
}
