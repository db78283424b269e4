import { InvalidInput, problem, type Problem } from '@samplewise/domain';
import { announce, logSystemLine } from '@samplewise/database';
import { BlobMissing } from '@samplewise/storage';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutorContext } from '../context.ts';
import { ModelProcessLost, ModelProcessStopped, PredictionAborted } from '../model-process/lost-model.ts';
import { usedUp, withinBudget } from '../shards/budget.ts';
import { postponeShard, releaseShard, type ShardClaim } from '../shards/claim-shard.ts';
import { labelOrder } from '../shards/label-order.ts';
import { loadShard, type Shard } from '../shards/load-shard.ts';
import { toColumns, toTexts } from '../shards/prediction-rows.ts';
import { predictImages } from '../shards/predict-images.ts';
import { watchRun } from '../shards/watch-run.ts';
import { writeShard } from '../shards/write-shard.ts';
import { failRun } from './fail-run.ts';
import { computeFeatures } from '../training/compute-features.ts';
import { fitShard } from '../training/fit-shard.ts';
import { tellFailures, tellRetry } from './tell-run.ts';

/** A crash may be the machine's doing; a second one on the same shard is the model's. */
const CRASHES_FORGIVEN = 1;
/** A shard that fails so often, or ends its executors so often, is set aside, and the run with it. */
const ATTEMPTS = 10;
const LONGEST_WAIT_SECONDS = 60;
/** The database may be away: what became of a shard is told to it when it is back. */
const TELL_AGAIN_MILLISECONDS = 1000;

/** What becomes of a shard that could not be predicted. */
type Outcome = { kind: 'released' } | { kind: 'failed'; failure: Problem } | { kind: 'postponed'; error: Error };

/**
 * Does what a shard that was taken is about: predicts it, or trains. What is wrong with the model or its config fails the run at once; what may pass (the
 * database or the storage out of reach) has the shard tried again after a while.
 */
export async function predictShard(context: ExecutorContext, claim: ShardClaim): Promise<void> {
  try {
    if (claim.attempt > ATTEMPTS) throw new SetAside(claim);
    const shard = await loadShard(context.database, claim);
    if (!shard) throw new PredictionAborted('the run has ended');
    await startRun(context, shard);
    if (!(await workOn(context, shard))) throw new PredictionAborted('the run has ended, or is paused');
  } catch (error) {
    const outcome = outcomeOf(error as Error, claim);
    const where = { runId: String(claim.runId), shard: claim.index, attempt: claim.attempt };
    if (outcome.kind === 'failed') context.log.warn({ ...where, failure: outcome.failure }, 'the run failed');
    if (outcome.kind === 'postponed') {
      context.log.error({ ...where, error: outcome.error.stack }, 'a shard failed');
      await tellRetry(context, claim.runId, `Shard ${claim.index}`, outcome.error);
    }
    await settle(context, claim, outcome);
  }
}

class SetAside extends Error {
  constructor({ index, lastError }: ShardClaim) {
    const reason = lastError === null ? '' : ` The last error: ${lastError}`;
    super(`Shard ${index} of the run was tried ${ATTEMPTS} times, and failed each time.${reason}`);
  }
}

function outcomeOf(error: Error, { attempt }: ShardClaim): Outcome {
  if (error instanceof PredictionAborted || error instanceof ModelProcessStopped) return { kind: 'released' };
  if (error instanceof InvalidInput) return { kind: 'failed', failure: error.problems[0] };
  if (error instanceof ModelProcessLost && attempt > CRASHES_FORGIVEN)
    return { kind: 'failed', failure: error.problem };
  if (error instanceof BlobMissing) {
    const failure = problem('BLOB_MISSING', error.message, { place: 'weights', mend: 'Upload the file again.' });
    return { kind: 'failed', failure };
  }
  if (error instanceof SetAside) {
    const mend = "See the executor's log, mend the cause and queue it again.";
    return { kind: 'failed', failure: problem('INTERNAL', error.message, { place: 'executor', mend }) };
  }
  return { kind: 'postponed', error };
}

/** Tells the database what became of a shard. Ends without it only when the executor does: then others find out. */
async function settle(context: ExecutorContext, claim: ShardClaim, outcome: Outcome): Promise<void> {
  const { database, executorId, log, stopped } = context;
  for (;;) {
    try {
      if (outcome.kind === 'failed') await failRun(database, claim.runId, outcome.failure);
      if (outcome.kind !== 'postponed') await releaseShard(database, executorId, claim);
      else await postponeShard(database, executorId, claim, firstLine(outcome.error), waitAfter(claim.attempt));
      return;
    } catch (error) {
      log.warn({ error: (error as Error).message }, 'could not give a shard back');
      if (stopped.aborted) return;
      await sleep(TELL_AGAIN_MILLISECONDS, undefined, { signal: stopped }).catch(() => undefined);
    }
  }
}

const firstLine = (error: Error): string => error.message.split('\n')[0]!.slice(0, 1000);
const waitAfter = (attempt: number): number => Math.min(2 ** (attempt - 1), LONGEST_WAIT_SECONDS);

/** @returns whether what was computed is stored; not when the run has ended meanwhile */
function workOn(context: ExecutorContext, shard: Shard): Promise<boolean> {
  const { training } = shard;
  if (!training) return predictLoaded(context, shard);
  return shard.samples.length === 0 ? fitShard(context, shard, training) : computeFeatures(context, shard, training);
}

async function predictLoaded(context: ExecutorContext, shard: Shard): Promise<boolean> {
  const order = labelOrder(shard.model.labels, shard.labels);
  const watch = watchRun(context, shard);
  try {
    return await withinBudget(context.database, shard, async (left) => {
      const predicted = await predictImages(context, shard, watch.signal, left);
      await tellFailures(context, shard, predicted.failures);
      const columns = toColumns(shard, predicted, order);
      const wrote = await writeShard(context, shard, columns, predicted.costs, toTexts(shard, predicted));
      if (wrote && predicted.exceeded) throw usedUp(shard);
      return wrote;
    });
  } finally {
    watch.stop();
  }
}

async function startRun({ database, environment }: ExecutorContext, shard: Shard): Promise<void> {
  const { rowCount } = await database.pool.query(
    `UPDATE run SET status = 'RUNNING', started_at = now(), environment = $2 WHERE id = $1 AND status = 'QUEUED'`,
    [shard.runId, JSON.stringify(environment)],
  );
  if (rowCount === 0) return;
  const execute = (sql: string, values: unknown[]) => database.pool.query(sql, values);
  const { threads } = environment;
  await logSystemLine(execute, shard.runId, 'INFO', `Started on ${os.hostname()} with ${threads} threads.`);
  await announce(execute, {
    kind: 'run',
    runId: String(shard.runId),
    experimentId: String(shard.experimentId),
  });
}
