/** Runs that can not be told apart. */
export interface SignificanceGroup {
  readonly letter: string;
  /** Positions, ascending. */
  readonly members: readonly number[];
}

/** More letters than anybody reads; in the worst case their number doubles with every three runs. */
const LETTER_LIMIT = 200;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/**
 * The compact letter display of Piepho (2004, Journal of Computational and Graphical Statistics 13, 456) by his algorithm
 * of insertion and absorption: two runs share a letter if and only if they do not differ significantly.
 * @param size number of runs, in the order in which letters are given
 * @param different pairs that differ
 * @returns the groups, in the order of their first members; undefined where they would be more than 200
 */
export function letterDisplay(
  size: number,
  different: Iterable<readonly [number, number]>,
): SignificanceGroup[] | undefined {
  // A group is a set of bits. All runs are one group until a pair of them differs.
  let groups: bigint[] = [(1n << BigInt(size)) - 1n];
  for (const [a, b] of different) {
    const [first, second] = [1n << BigInt(a), 1n << BigInt(b)];
    const both = first | second;
    const split = groups.filter((group) => (group & both) === both);
    if (split.length === 0) continue;
    const kept = groups.filter((group) => (group & both) !== both);
    for (const half of split.flatMap((group) => [group & ~first, group & ~second])) {
      if (!kept.some((group) => (group & half) === half)) kept.push(half);
    }
    groups = kept.filter((group, i) => !kept.some((other, j) => i !== j && (group & other) === group));
    if (groups.length > LETTER_LIMIT) return undefined;
  }
  const members = groups.map((group) =>
    Array.from({ length: size }, (_, i) => i).filter((i) => (group & (1n << BigInt(i))) !== 0n),
  );
  return members
    .filter((group) => group.length > 0)
    .sort(byMembers)
    .map((group, i) => ({ letter: letterOf(i), members: group }));
}

function byMembers(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((member, i) => member !== b[i]);
  return at < 0 ? a.length - b.length : a[at]! - (b[at] ?? Infinity);
}

/** a to z, then a1 to z1, a2 … */
function letterOf(index: number): string {
  const round = Math.floor(index / LETTERS.length);
  return `${LETTERS[index % LETTERS.length]!}${round === 0 ? '' : round}`;
}
