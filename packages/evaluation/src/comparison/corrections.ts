import { EvaluationInputError } from '../errors.ts';

/**
 * Holm's step-down correction (1979): p-values that hold for all the tests together, whatever their dependence.
 * @returns adjusted p-values in the order given, never below those and at most 1
 * @throws EvaluationInputError
 */
export function holm(p: readonly number[]): number[] {
  let highest = 0;
  return inOrder(p, (value, rank) => {
    highest = Math.max(highest, Math.min(1, value * (p.length - rank)));
    return highest;
  });
}

/**
 * Benjamini and Hochberg's correction (1995) for the false discovery rate of independent tests.
 * @returns adjusted p-values in the order given
 * @throws EvaluationInputError
 */
export function benjaminiHochberg(p: readonly number[]): number[] {
  const order = ascending(p);
  const adjusted = new Array<number>(p.length);
  let lowest = 1;
  for (let rank = p.length - 1; rank >= 0; rank--) {
    lowest = Math.min(lowest, (p[order[rank]!]! * p.length) / (rank + 1));
    adjusted[order[rank]!] = lowest;
  }
  return adjusted;
}

function inOrder(p: readonly number[], adjust: (value: number, rank: number) => number): number[] {
  const adjusted = new Array<number>(p.length);
  ascending(p).forEach((at, rank) => (adjusted[at] = adjust(p[at]!, rank)));
  return adjusted;
}

function ascending(p: readonly number[]): number[] {
  const bad = p.findIndex((value) => !(value >= 0 && value <= 1));
  if (bad >= 0) throw new EvaluationInputError('p', `is ${p[bad]}, expected a probability`, bad);
  return p.map((_, i) => i).sort((a, b) => p[a]! - p[b]! || a - b);
}
