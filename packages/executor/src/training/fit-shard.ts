import { InvalidInput, problem, splitsOfProbe, type Split } from '@samplewise/domain';
import { logSystemLine } from '@samplewise/database';
import { BlobMissing } from '@samplewise/storage';
import pLimit from 'p-limit';
import type { ExecutorContext } from '../context.ts';
import { spendingOf } from '../costs/spending.ts';
import { countUsage } from '../shards/claim-shard.ts';
import type { Shard } from '../shards/load-shard.ts';
import { watchRun } from '../shards/watch-run.ts';
import { openCurve } from './curve.ts';
import { finishTraining, refuseHidden } from './finish-training.ts';
import { fit } from './fit-process.ts';
import type { FitRequest } from './fit-protocol.ts';
import type { Training } from './training.ts';
import { writeTrainedModel } from './write-trained-model.ts';

/** Each holds all features of a training. */
const oneAtATime = pLimit(1);

/**
 * The last shard of a training: fits the head on the features of the others, writes the network with the head on it, and
 * registers that as a model.
 * @returns whether it wrote; false when the run has ended or the shard is finished
 */
export function fitShard(context: ExecutorContext, shard: Shard, training: Training): Promise<boolean> {
  return oneAtATime(async () => {
    const watch = watchRun(context, shard);
    const { signal } = watch;
    const began = performance.now();
    try {
      const request = await readRequest(context, shard, training);
      const curve = await openCurve(context, shard);
      const spent = await context.energy.start();
      const { timeoutSeconds } = context.limits;
      const { fitted, cost } = await fit(request, { signal, timeoutSeconds, onPoint: (point) => curve.add(point) })
        // Whatever comes of it, the curve goes as far as it came.
        .finally(() => curve.close());
      const spending = spendingOf(await spent(), context.price, cost.wallSeconds);
      await warn(context, shard, {
        unknown: fitted.unknown,
        unread: request.labels.length - fitted.learned - fitted.judged,
      });
      const model = await writeTrainedModel(context.storage, training, shard.labels, fitted, signal);
      return await finishTraining(context, shard, training, {
        fitted,
        model,
        cost: { ...cost, ...spending, device: 'cpu' },
      });
    } finally {
      watch.stop();
      await countUsage(context.database, shard.teamId, (performance.now() - began) / 1000).catch((error: unknown) => {
        // That the figure is lost is no reason to lose the shard.
        context.log.warn({ error: (error as Error).message }, 'could not count what a team has had');
      });
    }
  });
}

/** @throws InvalidInput when features are lost, or labels are hidden */
async function readRequest(
  { database, storage }: ExecutorContext,
  { runId, versionId, labels }: Shard,
  { probe, seed }: Training,
): Promise<FitRequest> {
  await refuseHidden(async (sql, values) => (await database.pool.query<object>(sql, values)).rows, versionId, probe);
  const { rows } = await database.pool.query<{ label: number; split: Split }>(
    'SELECT label, split FROM sample WHERE version_id = $1 AND split = ANY($2::"Split"[]) ORDER BY index',
    [versionId, splitsOfProbe(probe)],
  );
  const { rows: stored } = await database.pool.query<{ digest: string; samples: number }>(
    `SELECT f.digest, s.samples FROM training_features f JOIN run_shard s ON s.run_id = f.run_id AND s.index = f.index
      WHERE f.run_id = $1 ORDER BY f.index`,
    [runId],
  );
  const { trainSplit, validation, l2, classWeights, standardise, maxIterations, patience } = probe;
  const judges = validation && 'split' in validation && validation.split !== trainSplit ? validation.split : undefined;
  return {
    files: await Promise.all(
      stored.map(async ({ digest, samples }) => ({ file: await storage.localPath(digest).catch(lost), samples })),
    ),
    labels: Int32Array.from(rows, ({ label }) => label),
    validation: judges === undefined ? null : Uint8Array.from(rows, ({ split }) => (split === judges ? 1 : 0)),
    share: validation && 'share' in validation ? validation.share : null,
    seed,
    options: { classes: labels.length, l2, classWeights, standardise, maxIterations, patience },
  };
}

function lost(error: unknown): never {
  if (!(error instanceof BlobMissing)) throw error;
  throw new InvalidInput(
    problem('BLOB_MISSING', 'Features that were computed are lost.', {
      place: 'training.features',
      mend: 'Queue the training again.',
    }),
  );
}

/** What is worth a line in the run's log. */
async function warn(
  { database }: ExecutorContext,
  { runId, labels }: Shard,
  { unknown, unread }: { unknown: readonly number[]; unread: number },
): Promise<void> {
  const lines = [
    ...(unread > 0 ? [`${unread} samples are left out: their images can not be read.`] : []),
    ...(unknown.length > 0
      ? [`No sample to learn from is of ${unknown.map((c) => labels[c]).join(', ')}: the head never predicts these.`]
      : []),
  ];
  for (const line of lines) {
    await logSystemLine((sql, values) => database.pool.query(sql, values), runId, 'WARN', line);
  }
}
