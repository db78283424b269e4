/** Where a run stands in the draws of a paired bootstrap. */
export interface BootstrapRanks {
  readonly low: number;
  readonly high: number;
  /** Share of draws in which it is the best; a draw with several best ones is shared among them. */
  readonly first: number;
}

/**
 * Ranks within each draw, and their percentiles. Runs that tie in a draw stand anywhere among each other. A value of NaN
 * (undefined in that draw) stands behind all others.
 *
 * These are frequencies of a bootstrap and no confidence set: where runs are truly equal the bootstrap of ranks is not
 * consistent, and its interval too short (Hall and Miller, 2009, Annals of Statistics 37, 3929; Xie, Singh and Zhang,
 * 2009, JASA 104, 775). `rankSets` has what holds then.
 * @param values of each run in each draw
 */
export function bootstrapRanks(values: readonly Float64Array[], confidence: number): BootstrapRanks[] {
  const runs = values.length;
  const draws = values[0]!.length;
  // How often each run had each rank, at best and at worst.
  const best = values.map(() => new Uint32Array(runs + 1));
  const worst = values.map(() => new Uint32Array(runs + 1));
  const first = new Float64Array(runs);
  const row = new Float64Array(runs);
  const order = Array.from({ length: runs }, (_, run) => run);
  for (let draw = 0; draw < draws; draw++) {
    for (let run = 0; run < runs; run++) {
      const value = values[run]![draw]!;
      row[run] = Number.isNaN(value) ? -Infinity : value;
    }
    order.sort((a, b) => row[b]! - row[a]! || 0);
    for (let from = 0; from < runs;) {
      let to = from + 1;
      while (to < runs && row[order[to]!] === row[order[from]!]) to++;
      for (let at = from; at < to; at++) {
        best[order[at]!]![from + 1]!++;
        worst[order[at]!]![to]!++;
        if (from === 0) first[order[at]!]! += 1 / to;
      }
      from = to;
    }
  }
  const tail = ((1 - confidence) / 2) * draws;
  return values.map((_, run) => ({
    low: rankBeyond(best[run]!, tail, 1),
    high: rankBeyond(worst[run]!, tail, -1),
    first: first[run]! / draws,
  }));
}

/** The outermost rank beyond which no more than `tail` draws lie, from the side that `step` comes from. */
function rankBeyond(frequencies: Uint32Array, tail: number, step: 1 | -1): number {
  const end = frequencies.length - 1;
  let rank = step === 1 ? 1 : end;
  for (let beyond = frequencies[rank]!; beyond <= tail && rank + step >= 1 && rank + step <= end;) {
    rank += step;
    beyond += frequencies[rank]!;
  }
  return rank;
}
