import { undefinedEstimate, exactEstimate, type Estimate } from '../estimate.ts';
import type { DatasetColumns } from './dataset-columns.ts';

export interface SplitBalance {
  readonly split: string;
  readonly samples: number;
  /** In the order of the labels. */
  readonly counts: readonly number[];
  /** Labels without a sample. */
  readonly missing: readonly string[];
  /** Samples of the largest class over those of the smallest one. */
  readonly imbalanceRatio: Estimate;
}

/** How the classes of each split are balanced. Precondition: checked columns. */
export function classBalance({ labels, splits, truth, split }: DatasetColumns): SplitBalance[] {
  const counts = splits.map(() => new Array<number>(labels.length).fill(0));
  for (let i = 0; i < truth.length; i++) counts[split[i]!]![truth[i]!]!++;
  return splits.map((name, s): SplitBalance => {
    const here = counts[s]!;
    const missing = labels.filter((_, c) => here[c] === 0);
    const samples = here.reduce((a, b) => a + b, 0);
    const imbalanceRatio =
      missing.length > 0
        ? undefinedEstimate(samples === 0 ? 'the split is empty' : `there is no ${missing[0]!}`)
        : exactEstimate(Math.max(...here) / Math.min(...here));
    return { split: name, samples, counts: here, missing, imbalanceRatio };
  });
}
