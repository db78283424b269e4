import { decodeScores, predictionStatusFromCode, type PredictionStatus } from '@samplewise/domain';
import type { Database, Split } from '@samplewise/database';
import QueryStream from 'pg-query-stream';

/** A prediction as it is exported, with its sample; names instead of positions. */
export interface ExportedRow {
  sampleIndex: number;
  split: Split;
  /** None where its label is hidden, which names of files tell. */
  source: string | null;
  truth: string | null;
  predicted: string | null;
  status: PredictionStatus;
  confidence: number | null;
  latencyMicros: number | null;
  /** In the order of the labels. */
  scores: Float32Array | null;
}

/** A run whose predictions are exported. */
export interface RunOfExport {
  id: bigint;
  versionId: bigint;
  labels: readonly string[];
  /** Whether any of its predictions has scores. */
  scored: boolean;
}

/** Rows that the database gives at once. */
const BATCH = 1000;

/** @returns none where there is no such run, or it is about no samples */
export async function runOfExport(
  { prisma, pool }: Pick<Database, 'prisma' | 'pool'>,
  id: bigint,
): Promise<RunOfExport | undefined> {
  const run = await prisma.run.findFirst({
    where: { id, deletedAt: null },
    select: { experiment: { select: { datasetVersion: { select: { id: true, labels: true } } } } },
  });
  const version = run?.experiment.datasetVersion;
  if (!version) return undefined;
  const { rows } = await pool.query<{ scored: boolean }>(
    'SELECT EXISTS (SELECT 1 FROM prediction WHERE run_id = $1 AND scores IS NOT NULL) AS scored',
    [id],
  );
  return { id, versionId: version.id, labels: version.labels, scored: rows[0]!.scored };
}

interface Row {
  sample_index: number;
  split: Split;
  source: string | null;
  truth: number | null;
  predicted: number | null;
  status: number;
  confidence: number | null;
  latency_micros: number | null;
  scores: Buffer | null;
}

/**
 * All predictions of a run by a cursor, in the order of the samples; a thousand at a time are in memory.
 * @param hidden splits whose labels are not told
 */
export async function* exportedRows(
  { pool }: Pick<Database, 'pool'>,
  run: RunOfExport,
  hidden: readonly Split[],
): AsyncGenerator<ExportedRow> {
  const { labels } = run;
  const client = await pool.connect();
  let complete = false;
  try {
    const rows = client.query(
      new QueryStream(
        `SELECT p.sample_index, s.split, CASE WHEN s.split <> ALL ($3::"Split"[]) THEN s.source END AS source,
                CASE WHEN s.split <> ALL ($3::"Split"[]) THEN s.label END AS truth, p.predicted, p.status,
                p.confidence, p.latency_micros, p.scores
           FROM prediction p JOIN sample s ON s.version_id = $2 AND s.index = p.sample_index
          WHERE p.run_id = $1 ORDER BY p.sample_index`,
        [run.id, run.versionId, hidden],
        { batchSize: BATCH, highWaterMark: BATCH },
      ),
    ) as AsyncIterable<Row>;
    for await (const row of rows) {
      yield {
        sampleIndex: row.sample_index,
        split: row.split,
        source: row.source,
        truth: row.truth === null ? null : labels[row.truth]!,
        predicted: row.predicted === null ? null : labels[row.predicted]!,
        status: predictionStatusFromCode(row.status),
        confidence: row.confidence,
        latencyMicros: row.latency_micros,
        scores: row.scores && decodeScores(row.scores),
      };
    }
    complete = true;
  } finally {
    // Who leaves early leaves a cursor behind, which goes with its connection.
    client.release(!complete);
  }
}
