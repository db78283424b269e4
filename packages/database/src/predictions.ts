import { createHash } from 'node:crypto';
import type pg from 'pg';
import { decodeScores, PREDICTION_STATUS } from '@samplewise/domain';
import { copyRows } from './copy.ts';

/** Predictions in columns; row i of each column belongs to sample `sampleIndex[i]`. */
export interface PredictionColumns {
  sampleIndex: Int32Array;
  /** Index into the dataset version's labels; -1 where there is none. */
  predicted: Int16Array;
  /** PREDICTION_STATUS codes. */
  status: Uint8Array;
  /** Row-major, rows x classes. */
  scores: Float32Array;
  classes: number;
  latencyMicros: Int32Array;
}

const COLUMNS = 'prediction (run_id, sample_index, latency_micros, confidence, predicted, status, scores)';

/**
 * Makes the range's rows exactly these, so that doing a shard again is harmless.
 * The caller's transaction makes it atomic.
 */
export async function replacePredictions(
  client: pg.ClientBase,
  runId: bigint,
  range: { firstIndex: number; lastIndex: number },
  columns: PredictionColumns,
): Promise<void> {
  await client.query('DELETE FROM prediction WHERE run_id = $1 AND sample_index BETWEEN $2 AND $3', [
    runId,
    range.firstIndex,
    range.lastIndex,
  ]);
  const { classes } = columns;
  const scoreBytes = Buffer.from(columns.scores.buffer, columns.scores.byteOffset, columns.scores.byteLength);
  await copyRows(client, COLUMNS, columns.sampleIndex.keys(), (row, i) => {
    const predicted = columns.predicted[i]!;
    row.begin(7);
    row.int8(runId);
    row.int4(columns.sampleIndex[i]!);
    row.int4(columns.latencyMicros[i]!);
    if (columns.status[i] === PREDICTION_STATUS.PREDICTED) {
      row.float4(columns.scores[i * classes + predicted]!);
      row.int2(predicted);
      row.int2(PREDICTION_STATUS.PREDICTED);
      // The platform's float32 is little-endian on every system that onnxruntime-node runs on.
      row.bytes(scoreBytes.subarray(i * classes * 4, (i + 1) * classes * 4));
    } else {
      row.null();
      row.null();
      row.int2(columns.status[i]!);
      row.null();
    }
  });
}

/** A run's predictions beside the truth, in sample order. */
export interface EvaluationColumns {
  truth: Int16Array;
  predicted: Int16Array;
  scores: Float32Array;
  latencyMicros: Int32Array;
  /** SHA-256 over sample index, predicted label and scores: equal for equal predictions. */
  digest: string;
}

interface PredictionRow {
  sample_index: number;
  predicted: number | null;
  scores: Buffer | null;
  latency_micros: number | null;
  label: number;
}

/** Reads all of a run's predictions with the truth of their samples. */
export async function readForEvaluation(
  client: pg.ClientBase | pg.Pool,
  runId: bigint,
  datasetVersionId: bigint,
  classes: number,
): Promise<EvaluationColumns> {
  const { rows } = await client.query<PredictionRow>(
    `SELECT p.sample_index, p.predicted, p.scores, p.latency_micros, s.label
       FROM prediction p JOIN sample s ON s.version_id = $2 AND s.index = p.sample_index
      WHERE p.run_id = $1 ORDER BY p.sample_index`,
    [runId, datasetVersionId],
  );
  const hash = createHash('sha256');
  const key = Buffer.allocUnsafe(6);
  const columns = {
    truth: new Int16Array(rows.length),
    predicted: new Int16Array(rows.length),
    scores: new Float32Array(rows.length * classes),
    latencyMicros: new Int32Array(rows.length),
  };
  rows.forEach((row, i) => {
    columns.truth[i] = row.label;
    columns.predicted[i] = row.predicted ?? -1;
    columns.latencyMicros[i] = row.latency_micros ?? 0;
    if (row.scores) columns.scores.set(decodeScores(row.scores), i * classes);
    key.writeInt32LE(row.sample_index, 0);
    key.writeInt16LE(row.predicted ?? -1, 4);
    hash.update(key);
    if (row.scores) hash.update(row.scores);
  });
  return { ...columns, digest: hash.digest('hex') };
}
