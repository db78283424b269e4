import { classBalance, type SplitBalance } from './balance.ts';
import { checkDataset, type DatasetColumns } from './dataset-columns.ts';
import { findLeaks, type Leak } from './leaks.ts';
import { nearDuplicates, type NearPair } from './near-duplicates.ts';

export interface DuplicateGroup {
  /** Ascending. */
  readonly indices: readonly number[];
  /** The splits and labels that occur in it, in their own order. */
  readonly splits: readonly string[];
  readonly labels: readonly string[];
}

export interface DatasetAudit {
  readonly samples: number;
  readonly maximumDistance: number;
  /** Samples with the same bytes. */
  readonly exact: readonly DuplicateGroup[];
  /** Samples with the same perceptual hash that are not all the same bytes. */
  readonly alike: readonly DuplicateGroup[];
  /** Pairs whose perceptual hashes are near, a group of equal hashes being represented by its first sample. */
  readonly near: readonly NearPair[];
  /** Whether there were more near pairs than could be kept. */
  readonly truncated: boolean;
  readonly leaks: readonly Leak[];
  /** Groups of the above, and near pairs, whose samples do not all have the same label. */
  readonly conflicts: {
    readonly exact: readonly DuplicateGroup[];
    readonly alike: readonly DuplicateGroup[];
    readonly near: readonly NearPair[];
  };
  readonly balance: readonly SplitBalance[];
  readonly corrupt: readonly number[];
  readonly blank: readonly number[];
}

/**
 * What is doubtful about a dataset version: exact and near duplicates within and across splits, the same picture under
 * several labels, classes that are missing or rare, pictures that can't be read or show nothing.
 * @param maximumDistance bits that perceptual hashes of near duplicates may differ in, from 0 to 10
 * @throws EvaluationInputError naming the argument and the index
 */
export function auditDataset(
  dataset: DatasetColumns,
  { maximumDistance = 4 }: { maximumDistance?: number } = {},
): DatasetAudit {
  checkDataset(dataset);
  const { truth, split, labels, splits, digests } = dataset;
  const marked = (column: Uint8Array | undefined, i: number): boolean => column !== undefined && column[i] !== 0;
  const all = Array.from({ length: truth.length }, (_, i) => i);
  const seen = dataset.hashes ? all.filter((i) => !marked(dataset.corrupt, i) && !marked(dataset.blank, i)) : [];
  const hashes = BigUint64Array.from(seen, (i) => dataset.hashes![i]!);
  const found = nearDuplicates(hashes, maximumDistance);

  const exact = groupsOf(digests);
  const alike = found.groups
    .map((group) => group.map((at) => seen[at]!))
    .filter((group) => group.some((i) => digests[i] !== digests[group[0]!]));
  const everyAlike = found.groups.map((group) => group.map((at) => seen[at]!));
  const near = found.pairs.map((p) => ({ ...p, first: seen[p.first]!, second: seen[p.second]! }));
  const described = (indices: readonly number[]): DuplicateGroup => ({
    indices,
    splits: splits.filter((_, s) => indices.some((i) => split[i] === s)),
    labels: labels.filter((_, c) => indices.some((i) => truth[i] === c)),
  });
  const disagree = ({ labels: here }: DuplicateGroup): boolean => here.length > 1;
  const [exactGroups, alikeGroups] = [exact.map(described), alike.map(described)];
  return {
    samples: truth.length,
    maximumDistance,
    exact: exactGroups,
    alike: alikeGroups,
    near,
    truncated: found.truncated,
    leaks: findLeaks(dataset, exact, everyAlike, near),
    conflicts: {
      exact: exactGroups.filter(disagree),
      alike: alikeGroups.filter(disagree),
      near: near.filter(({ first, second }) => truth[first] !== truth[second]),
    },
    balance: classBalance(dataset),
    corrupt: all.filter((i) => marked(dataset.corrupt, i)),
    blank: all.filter((i) => marked(dataset.blank, i)),
  };
}

function groupsOf(digests: DatasetColumns['digests']): number[][] {
  const groups = new Map<string | number, number[]>();
  for (let i = 0; i < digests.length; i++) {
    const group = groups.get(digests[i]!);
    if (group) group.push(i);
    else groups.set(digests[i]!, [i]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
