import { EvaluationInputError } from '../errors.ts';
import { exactEstimate, undefinedEstimate, type Estimate } from '../estimate.ts';
import { checkLength } from '../predictions.ts';

/**
 * Cohen's kappa (1960) between two columns of categories: agreement beyond that of chance, 1 for equal columns.
 * Undefined where both name one and the same category throughout.
 * @param first any integers; -1 for none is a category like the others
 * @throws EvaluationInputError when the columns differ in length or are empty
 */
export function kappaBetween(first: ArrayLike<number>, second: ArrayLike<number>): Estimate {
  checkLength('second', second.length, first.length);
  const n = first.length;
  if (n === 0) throw new EvaluationInputError('first', 'is empty; there is nothing to compare');
  const counts = new Map<number, [number, number]>();
  const of = (category: number): [number, number] => {
    const known = counts.get(category) ?? [0, 0];
    counts.set(category, known);
    return known;
  };
  let equal = 0;
  for (let i = 0; i < n; i++) {
    of(first[i]!)[0]++;
    of(second[i]!)[1]++;
    if (first[i] === second[i]) equal++;
  }
  let products = 0;
  for (const [a, b] of counts.values()) products += a * b;
  if (products === n * n) return undefinedEstimate('both name one and the same class throughout');
  return exactEstimate((equal * n - products) / (n * n - products));
}

/**
 * Fleiss' kappa (1971) among any number of runs: agreement of their predictions beyond that of chance.
 * @param predicted a column for each run; -1 for none is a category like the others
 * @throws EvaluationInputError for fewer than two runs, or columns of other lengths
 */
export function fleissKappa(predicted: readonly Int16Array[]): Estimate {
  if (predicted.length < 2) throw new EvaluationInputError('predicted', `needs two runs, has ${predicted.length}`);
  const [runs, n] = [predicted.length, predicted[0]!.length];
  if (n === 0) throw new EvaluationInputError('predicted', 'holds no samples');
  predicted.forEach((column, run) => {
    checkLength(`predicted[${run}]`, column.length, n);
  });
  const totals = new Map<number, number>();
  const here = new Map<number, number>();
  let agreeing = 0;
  for (let i = 0; i < n; i++) {
    here.clear();
    for (const column of predicted) here.set(column[i]!, (here.get(column[i]!) ?? 0) + 1);
    for (const [category, count] of here) {
      agreeing += count * (count - 1);
      totals.set(category, (totals.get(category) ?? 0) + count);
    }
  }
  if (totals.size === 1) return undefinedEstimate('all name one and the same class throughout');
  const observed = agreeing / (n * runs * (runs - 1));
  let expected = 0;
  for (const count of totals.values()) expected += (count / (n * runs)) ** 2;
  return exactEstimate((observed - expected) / (1 - expected));
}
