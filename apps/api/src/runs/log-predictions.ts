import { InvalidInput, parseInput, problem, runKey } from '@samplewise/domain';
import { copyPredictions, inTransaction, upsertPredictions } from '@samplewise/database';
import type { Services } from '../context.ts';
import { announceLocked } from './end-run.ts';
import { claimBatch, digestOfColumns } from './ingest.ts';
import { lockOpenRun } from './lock-run.ts';
import { predictionColumns, type PredictionInput } from './prediction-columns.ts';
import { sampleSet } from './sample-sets.ts';

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
): Promise<{ sampleDone: number; repeated: boolean }> {
  parseInput(runKey, batchId, 'input.batchId');
  const run = await database.prisma.run.findFirst({
    where: { id: runId, deletedAt: null },
    select: { experiment: { select: { datasetVersionId: true, split: true } } },
  });
  if (!run) {
    throw new InvalidInput(
      problem('NOT_FOUND', 'There is no such run.', { place: 'input.runId', value: `Run_${runId}` }),
    );
  }
  const { datasetVersionId, split } = run.experiment;
  if (datasetVersionId === null) {
    throw new InvalidInput(
      problem('INVALID_VALUE', 'The experiment has no dataset version, so that there is nothing to predict.', {
        place: 'input.runId',
        value: `Run_${runId}`,
        mend: 'Begin the run in an experiment with a dataset version.',
      }),
    );
  }
  const columns = predictionColumns(input, await sampleSet(database, datasetVersionId, split));
  const { scores, confidence, latencyMicros } = columns;
  const digest = digestOfColumns([
    columns.sampleIndex,
    columns.predicted,
    columns.status,
    scores,
    confidence,
    latencyMicros,
  ]);
  return inTransaction(database.pool, async (client) => {
    const locked = await lockOpenRun(client, runId);
    const rows = columns.sampleIndex.length;
    if (!(await claimBatch(client, runId, batchId, rows, digest))) {
      return { sampleDone: locked.sampleDone, repeated: true };
    }
    let replaced = 0;
    if (locked.sampleDone === 0) await copyPredictions(client, runId, columns);
    else replaced = await upsertPredictions(client, runId, columns);
    const sampleDone = locked.sampleDone + rows - replaced;
    await client.query('UPDATE run SET sample_done = $2, heartbeat_at = now() WHERE id = $1', [runId, sampleDone]);
    await announceLocked(client, locked);
    return { sampleDone, repeated: false };
  });
}
