import { InvalidInput, parseInput, problem, runKey } from '@samplewise/domain';
import { copyPredictions, inTransaction, upsertPredictions, type PredictionColumns } from '@samplewise/database';
import type { Readable } from 'node:stream';
import type { Services } from '../context.ts';
import { announceLocked } from './end-run.ts';
import { claimBatch, digestOfColumns } from './ingest.ts';
import { lockOpenRun } from './lock-run.ts';
import { predictionColumns, type PredictionInput } from './prediction-columns.ts';
import { byRows, readPredictionFile, REPORT_LIMIT, type PredictionFormat } from './prediction-file.ts';
import { sampleSet, type SampleSet } from './sample-sets.ts';

/**
 * Stores predictions of a client's run, all or none. A sample that has one gets this one. The same batch sent again
 * changes nothing.
 * @returns how many samples of the run have a prediction
 * @throws InvalidInput
 */
export async function logPredictions(
  { database }: Pick<Services, 'database'>,
  runId: bigint,
  batchId: string,
  input: PredictionInput,
): Promise<Logged> {
  parseInput(runKey, batchId, 'input.batchId');
  return store(database, runId, batchId, predictionColumns(input, await samplesOf(database, runId)));
}

/**
 * The same from a file.
 * @throws InvalidInput naming rows, at most 1,000 of them
 */
export async function logPredictionFile(
  { database }: Pick<Services, 'database'>,
  runId: bigint,
  batchId: string,
  file: Readable,
  format: PredictionFormat,
): Promise<Logged> {
  parseInput(runKey, batchId, 'batch');
  const set = await samplesOf(database, runId);
  const input = await readPredictionFile(file, format, set);
  try {
    return await store(database, runId, batchId, predictionColumns(input, set, REPORT_LIMIT));
  } catch (error) {
    throw error instanceof InvalidInput ? byRows(error) : error;
  }
}

interface Logged {
  sampleDone: number;
  /** This batch was there already. */
  repeated: boolean;
}

async function samplesOf(database: Services['database'], runId: bigint): Promise<SampleSet> {
  const run = await database.prisma.run.findFirst({
    where: { id: runId, deletedAt: null },
    select: { experiment: { select: { datasetVersionId: true, split: true } } },
  });
  const place = 'input.runId';
  const value = `Run_${runId}`;
  if (!run) throw new InvalidInput(problem('NOT_FOUND', 'There is no such run.', { place, value }));
  const { datasetVersionId, split } = run.experiment;
  if (datasetVersionId !== null) return sampleSet(database, datasetVersionId, split);
  throw new InvalidInput(
    problem('INVALID_VALUE', 'The experiment has no dataset version, so that there is nothing to predict.', {
      place,
      value,
      mend: 'Begin the run in an experiment with a dataset version.',
    }),
  );
}

async function store(
  { pool }: Services['database'],
  runId: bigint,
  batchId: string,
  columns: PredictionColumns,
): Promise<Logged> {
  const { sampleIndex, predicted, status, scores, confidence, latencyMicros } = columns;
  const digest = digestOfColumns([sampleIndex, predicted, status, scores, confidence, latencyMicros]);
  return inTransaction(pool, async (client) => {
    const run = await lockOpenRun(client, runId);
    const rows = sampleIndex.length;
    if (!(await claimBatch(client, runId, batchId, rows, digest)))
      return { sampleDone: run.sampleDone, repeated: true };
    let replaced = 0;
    if (run.sampleDone === 0) await copyPredictions(client, runId, columns);
    else replaced = await upsertPredictions(client, runId, columns);
    const sampleDone = run.sampleDone + rows - replaced;
    await client.query('UPDATE run SET sample_done = $2, heartbeat_at = now() WHERE id = $1', [runId, sampleDone]);
    await announceLocked(client, run);
    return { sampleDone, repeated: false };
  });
}
