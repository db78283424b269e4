export interface Matrix {
  labels: readonly string[];
  /** Rows: truth; columns: prediction. */
  counts: readonly (readonly number[])[];
  /** Samples of each class without a prediction. */
  none: readonly number[];
}

export const NORMALISATIONS = { counts: 'Counts', truth: '% of truth', prediction: '% of prediction' } as const;
export type Normalisation = keyof typeof NORMALISATIONS;

interface Totals {
  truth: readonly number[];
  /** With those without a prediction at the end. */
  prediction: readonly number[];
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

export function totalsOf({ labels, counts, none }: Matrix): Totals {
  return {
    truth: counts.map((row, t) => sum(row) + none[t]!),
    prediction: [...labels.map((_, p) => sum(counts.map((row) => row[p]!))), sum(none)],
  };
}

/** @returns null of an empty row or column: a share of nothing */
export function shareOf(
  { labels, counts, none }: Matrix,
  totals: Totals,
  truth: number,
  predicted: number,
  by: Exclude<Normalisation, 'counts'>,
): number | null {
  const value = predicted === labels.length ? none[truth]! : counts[truth]![predicted]!;
  const total = by === 'truth' ? totals.truth[truth]! : totals.prediction[predicted]!;
  return total === 0 ? null : value / total;
}

export interface Confusion {
  truth: string;
  predicted: string;
  samples: number;
  /** Of the samples of the true class. */
  share: number;
}

/** The mistakes that are made most often, the largest number first. */
export function mostConfused(matrix: Matrix, most: number): Confusion[] {
  const { labels, counts } = matrix;
  const totals = totalsOf(matrix);
  return counts
    .flatMap((row, t) =>
      row.map((samples, p) => ({
        truth: labels[t]!,
        predicted: labels[p]!,
        samples: t === p ? 0 : samples,
        share: samples / totals.truth[t]!,
      })),
    )
    .filter(({ samples }) => samples > 0)
    .sort((a, b) => b.samples - a.samples || b.share - a.share)
    .slice(0, most);
}
