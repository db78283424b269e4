import { int16Column, type ByteColumn } from './byte-columns.ts';
import type { Database } from './client.ts';
import type { Split } from './generated/prisma/client.ts';

/** Truth and prediction of each sample that a run is about, in the order of the samples; -1 for none. */
export interface LabelColumns {
  truth: Int16Array;
  predicted: Int16Array;
}

/** Reads a run's labels as two values of bytes, which is many times as fast as a row a sample. */
export async function readLabels(
  { pool }: Pick<Database, 'pool'>,
  runId: bigint,
  versionId: bigint,
  split: Split | null,
): Promise<LabelColumns> {
  const { rows } = await pool.query<Record<keyof LabelColumns, ByteColumn>>(
    `SELECT string_agg(int2send(s.label), '' ORDER BY s.index) AS truth,
            string_agg(int2send(coalesce(p.predicted, -1::int2)), '' ORDER BY s.index) AS predicted
       FROM sample s LEFT JOIN prediction p ON p.run_id = $1 AND p.sample_index = s.index
      WHERE s.version_id = $2 AND ($3::"Split" IS NULL OR s.split = $3::"Split")`,
    [runId, versionId, split],
  );
  return { truth: int16Column(rows[0]?.truth), predicted: int16Column(rows[0]?.predicted) };
}
