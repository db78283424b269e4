import { float32Column, int16Column, int32Column, type ByteColumn, type Database } from '@samplewise/database';
import { LRUCache } from 'lru-cache';
import type { VersionSamples } from './version-samples.ts';

/** What a run says, in columns: element i of each belongs to the sample with the index i. */
export interface RunAnswers {
  /** Positions in the labels; -1: no answer. */
  predicted: Int16Array;
  /** NaN: not known. */
  confidence: Float32Array;
}

/** A run of the version, as far as its answers' lifetime needs it. */
export interface AnsweringRun {
  id: bigint;
  /** Of an evaluated run: its answers do not change any more. */
  predictionsDigest: string | undefined;
}

/** A run that goes on is looked at anew after so many milliseconds. */
const SOON = 2000;

const cache = new LRUCache<string, RunAnswers>({
  maxSize: 128 * 1024 * 1024,
  sizeCalculation: ({ predicted, confidence }) => predicted.byteLength + confidence.byteLength + 200,
});

const keyOf = ({ id, predictionsDigest }: AnsweringRun): string => `${id} ${predictionsDigest ?? 'open'}`;

/** The answers of runs on a version's samples; those that are not known yet are read by one statement. */
export async function runAnswers(
  { pool }: Pick<Database, 'pool'>,
  runs: readonly AnsweringRun[],
  { truth }: Pick<VersionSamples, 'truth'>,
): Promise<RunAnswers[]> {
  const known = new Map(runs.map((run) => [run.id, cache.get(keyOf(run))]));
  const missing = runs.filter(({ id }) => !known.get(id));
  if (missing.length > 0) {
    // Side by side in any order, with their places: neither joined nor sorted.
    const { rows } = await pool.query<Record<'index' | 'predicted' | 'confidence', ByteColumn> & { run_id: bigint }>(
      `SELECT run_id, string_agg(int4send(sample_index), ''::bytea) AS index,
              string_agg(int2send(coalesce(predicted, -1::int2)), ''::bytea) AS predicted,
              string_agg(float4send(coalesce(confidence, 'NaN')), ''::bytea) AS confidence
         FROM prediction WHERE run_id = ANY($1::int8[]) GROUP BY run_id`,
      [missing.map(({ id }) => id)],
    );
    for (const run of missing) {
      const row = rows.find(({ run_id }) => run_id === run.id);
      const answers = placed(truth.length, int32Column(row?.index), row);
      known.set(run.id, answers);
      cache.set(keyOf(run), answers, { ttl: run.predictionsDigest === undefined ? SOON : 0 });
    }
  }
  return runs.map(({ id }) => known.get(id)!);
}

function placed(
  samples: number,
  index: Int32Array,
  row: Record<'predicted' | 'confidence', ByteColumn> | undefined,
): RunAnswers {
  const answers = { predicted: new Int16Array(samples).fill(-1), confidence: new Float32Array(samples).fill(NaN) };
  const [predicted, confidence] = [int16Column(row?.predicted), float32Column(row?.confidence)];
  for (let i = 0; i < index.length; i++) {
    answers.predicted[index[i]!] = predicted[i]!;
    answers.confidence[index[i]!] = confidence[i]!;
  }
  return answers;
}
