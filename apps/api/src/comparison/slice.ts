import type { Database } from '@samplewise/database';
import { readSliceColumns } from '../slices/read-columns.ts';
import { classPositions } from './class-positions.ts';
import { refusal, type ComparableRun } from './comparable-runs.ts';
import type { LabelColumns } from '@samplewise/database';

/** Some of the samples: those for which everything that is given holds. */
export interface ComparisonSlice {
  /** True classes. */
  labels?: readonly string[] | undefined;
  /** Classes that the reference predicts. */
  predicted?: readonly string[] | undefined;
  /** Score of the class that the reference predicts, both inclusive; one that is not known is outside. */
  confidence?: { min?: number | undefined; max?: number | undefined } | undefined;
}

/**
 * The columns of a slice's samples alone.
 * @throws InvalidInput when a class does not exist, or the slice is empty
 */
export async function within(
  database: Pick<Database, 'pool'>,
  { labels, predicted, confidence }: ComparisonSlice,
  reference: ComparableRun,
  columns: readonly LabelColumns[],
): Promise<readonly LabelColumns[]> {
  if (!labels && !predicted && !confidence) return columns;
  const truths = labels && classPositions(labels, 'slice.labels', reference.labels);
  const answers = predicted && classPositions(predicted, 'slice.predicted', reference.labels);
  const { min = -Infinity, max = Infinity } = confidence ?? {};
  const of = await readSliceColumns(database, reference.id, reference.versionId, reference.split);
  const kept: number[] = [];
  of.truth.forEach((truth, i) => {
    const score = of.confidence[i]!;
    const inside = truths?.has(truth) !== false && answers?.has(of.predicted[i]!) !== false;
    if (inside && (!confidence || (score >= min && score <= max))) kept.push(i);
  });
  if (kept.length === 0) throw refusal('INVALID_VALUE', 'slice', 'There are no samples in this slice.', undefined);
  const pick = (column: Int16Array): Int16Array => Int16Array.from(kept, (i) => column[i]!);
  return columns.map((column) => ({ truth: pick(column.truth), predicted: pick(column.predicted) }));
}
