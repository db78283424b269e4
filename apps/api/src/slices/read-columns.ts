import { float32Column, int16Column, type ByteColumn, type Database, type Split } from '@samplewise/database';

/** What slices are made of, a value for each sample that a run is about, in the order of the samples. */
export interface SliceColumns {
  truth: Int16Array;
  /** -1: none. */
  predicted: Int16Array;
  split: Split[];
  /** NaN: not known. */
  confidence: Float64Array;
}

const SPLITS: readonly Split[] = ['TRAIN', 'VALIDATION', 'TEST'];

/** Bytes side by side, which is many times as fast as a row a sample. */
export async function readSliceColumns(
  { pool }: Pick<Database, 'pool'>,
  runId: bigint,
  versionId: bigint,
  split: Split | null,
): Promise<SliceColumns> {
  const { rows } = await pool.query<Record<keyof SliceColumns, ByteColumn>>(
    `SELECT string_agg(int2send(s.label), '' ORDER BY s.index) AS truth,
            string_agg(int2send(coalesce(p.predicted, -1::int2)), '' ORDER BY s.index) AS predicted,
            string_agg(int2send(array_position($4::"Split"[], s.split)::int2), '' ORDER BY s.index) AS split,
            string_agg(float4send(coalesce(p.confidence, 'NaN')), '' ORDER BY s.index) AS confidence
       FROM sample s LEFT JOIN prediction p ON p.run_id = $1 AND p.sample_index = s.index
      WHERE s.version_id = $2 AND ($3::"Split" IS NULL OR s.split = $3::"Split")`,
    [runId, versionId, split, SPLITS],
  );
  const { truth, predicted, split: splits, confidence } = rows[0]!;
  return {
    truth: int16Column(truth),
    predicted: int16Column(predicted),
    split: Array.from(int16Column(splits), (position) => SPLITS[position - 1]!),
    confidence: Float64Array.from(float32Column(confidence)),
  };
}
