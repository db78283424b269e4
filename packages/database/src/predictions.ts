import { createHash } from 'node:crypto';
import type pg from 'pg';
import { decodeScores, PREDICTION_STATUS } from '@samplewise/domain';
import { copyRows } from './copy.ts';
import type { Split } from './generated/prisma/client.ts';

/** Predictions in columns; row i of each column belongs to sample `sampleIndex[i]`. */
export interface PredictionColumns {
  sampleIndex: Int32Array;
  /** Index into the dataset version's labels; -1 where there is none. */
  predicted: Int16Array;
  /** PREDICTION_STATUS codes. */
  status: Uint8Array;
  /** Row-major, rows x classes. */
  scores: Float32Array | null;
  classes: number;
  /** Of the predicted label, where there are no scores; NaN: not known. */
  confidence?: Float32Array | null;
  /** -1: not known. */
  latencyMicros: Int32Array | null;
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
  await copyPredictions(client, runId, columns);
}

/**
 * Writes predictions of any samples, in the place of those that are there.
 * @returns how many were there
 */
export async function upsertPredictions(
  client: pg.ClientBase,
  runId: bigint,
  columns: PredictionColumns,
): Promise<number> {
  const { rowCount } = await client.query(
    'DELETE FROM prediction WHERE run_id = $1 AND sample_index = ANY($2::int4[])',
    [runId, [...columns.sampleIndex]],
  );
  await copyPredictions(client, runId, columns);
  return rowCount ?? 0;
}

/** Writes predictions of samples that have none. */
export async function copyPredictions(client: pg.ClientBase, runId: bigint, columns: PredictionColumns): Promise<void> {
  const { classes, scores, confidence, latencyMicros } = columns;
  const scoreBytes = scores && Buffer.from(scores.buffer, scores.byteOffset, scores.byteLength);
  await copyRows(client, COLUMNS, columns.sampleIndex.keys(), (row, i) => {
    const predicted = columns.predicted[i]!;
    row.begin(7);
    row.int8(runId);
    row.int4(columns.sampleIndex[i]!);
    if (latencyMicros && latencyMicros[i]! >= 0) row.int4(latencyMicros[i]!);
    else row.null();
    if (columns.status[i] === PREDICTION_STATUS.PREDICTED) {
      const sure = scores ? scores[i * classes + predicted]! : (confidence?.[i] ?? NaN);
      if (Number.isNaN(sure)) row.null();
      else row.float4(sure);
      row.int2(predicted);
      row.int2(PREDICTION_STATUS.PREDICTED);
      // The platform's float32 is little-endian on every system that onnxruntime-node runs on.
      if (scoreBytes) row.bytes(scoreBytes.subarray(i * classes * 4, (i + 1) * classes * 4));
      else row.null();
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
  /** -1 where there is none. */
  predicted: Int16Array;
  /** Left out where any prediction has none. */
  scores?: Float32Array;
  /** Left out where any prediction has none. */
  latencyMicros?: Int32Array;
  /** SHA-256 over sample index, predicted label and scores: equal for equal predictions. */
  digest: string;
}

/** The samples that a run is about. */
export interface SampleSet {
  versionId: bigint;
  /** All of the version's samples unless given. */
  split: Split | null;
  /** Number of the version's labels. */
  classes: number;
}

interface PredictionRow {
  index: number;
  predicted: number | null;
  scores: Buffer | null;
  latency_micros: number | null;
  label: number;
}

/** Reads the truth of all of a run's samples with its predictions; samples without one are among them. */
export async function readForEvaluation(
  client: pg.ClientBase | pg.Pool,
  runId: bigint,
  { versionId, split, classes }: SampleSet,
): Promise<EvaluationColumns> {
  const { rows } = await client.query<PredictionRow>(
    `SELECT s.index, p.predicted, p.scores, p.latency_micros, s.label
       FROM sample s LEFT JOIN prediction p ON p.run_id = $1 AND p.sample_index = s.index
      WHERE s.version_id = $2 AND ($3::"Split" IS NULL OR s.split = $3::"Split") ORDER BY s.index`,
    [runId, versionId, split],
  );
  const hash = createHash('sha256');
  const key = Buffer.allocUnsafe(6);
  const truth = new Int16Array(rows.length);
  const predicted = new Int16Array(rows.length);
  const scores = new Float32Array(rows.length * classes);
  const latencyMicros = new Int32Array(rows.length);
  let [allScored, allTimed] = [true, true];
  rows.forEach((row, i) => {
    truth[i] = row.label;
    predicted[i] = row.predicted ?? -1;
    latencyMicros[i] = row.latency_micros ?? 0;
    allTimed &&= row.latency_micros !== null;
    if (row.scores) scores.set(decodeScores(row.scores), i * classes);
    else allScored &&= row.predicted === null;
    key.writeInt32LE(row.index, 0);
    key.writeInt16LE(row.predicted ?? -1, 4);
    hash.update(key);
    if (row.scores) hash.update(row.scores);
  });
  const digest = hash.digest('hex');
  return { truth, predicted, ...(allScored && { scores }), ...(allTimed && { latencyMicros }), digest };
}
