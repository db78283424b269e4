import { InvalidInput, problem } from '@samplewise/domain';
import { announce, type Database } from '@samplewise/database';
import type { Storage } from '@samplewise/storage';
import type pg from 'pg';
import type { ExecutorContext } from '../context.ts';
import { NO_COST } from '../costs/phase-costs.ts';
import { tellFailures } from '../jobs/tell-run.ts';
import { finishShard, type ShardCosts } from '../shards/finish-shard.ts';
import type { Shard } from '../shards/load-shard.ts';
import { predictImages, type PredictedShard } from '../shards/predict-images.ts';
import { watchRun } from '../shards/watch-run.ts';
import type { Training } from './training.ts';

/** Of an executor's memory for a model, what features may take: the fitting needs some beside them. */
const SHARE_OF_MEMORY = 0.75;

/**
 * Computes the features of a training's shard and stores them as a blob, unless another training has had the very same.
 * After the last shard another one is made, without samples, which fits the head.
 * @returns whether it wrote; false when the run has ended or the shard is finished
 */
export async function computeFeatures(context: ExecutorContext, shard: Shard, training: Training): Promise<boolean> {
  const present = await findPresent(context, shard, training);
  if (present !== undefined) {
    const cached = shard.samples.length;
    const costs = { PREPROCESSING: { ...NO_COST, cached }, INFERENCE: { ...NO_COST, cached } };
    return finish(context, shard, { digest: present, costs });
  }
  const watch = watchRun(context, shard);
  try {
    const computed = await predictImages(context, shard, watch.signal);
    await tellFailures(context, shard, computed.failures);
    checkSize(context, training, computed.columns);
    const blob = await context.storage.write(rowsOf(computed));
    return await finish(context, shard, { ...blob, costs: computed.costs });
  } finally {
    watch.stop();
  }
}

/** The same features, where another training has them still. */
async function findPresent(
  { database, storage }: { database: Pick<Database, 'pool'>; storage: Storage },
  { index }: Shard,
  { featuresKey }: Training,
): Promise<string | undefined> {
  const { rows } = await database.pool.query<{ digest: string }>(
    `SELECT f.digest FROM training t JOIN training_features f ON f.run_id = t.run_id
      WHERE t.features_key = $1 AND f.index = $2 LIMIT 1`,
    [featuresKey, index],
  );
  const digest = rows[0]?.digest;
  return digest !== undefined && (await storage.size(digest)) !== undefined ? digest : undefined;
}

/** @throws InvalidInput now, and not after hours, when all features together could not be held */
function checkSize({ limits }: Pick<ExecutorContext, 'limits'>, { samples }: Training, width: number): void {
  const bytes = samples * width * Float32Array.BYTES_PER_ELEMENT;
  if (bytes <= limits.memoryBytes * SHARE_OF_MEMORY) return;
  const [needed, allowed] = [bytes, limits.memoryBytes * SHARE_OF_MEMORY].map((b) => Math.ceil(b / 1024 ** 2));
  throw new InvalidInput(
    problem('TOO_LARGE', `${samples} samples of ${width} features take ${needed} MB; they may take ${allowed} MB.`, {
      place: 'training.features',
      value: width,
      mend: 'Name a tensor with fewer numbers an image, or raise SAMPLEWISE_EXECUTOR_MEMORY_MB.',
    }),
  );
}

/** Little-endian float32, a row a sample; NaN where a sample has none. */
function rowsOf({ scores, columns, failures }: PredictedShard): Uint8Array {
  const features = scores ?? new Float32Array();
  const bytes = Buffer.alloc(features.length * Float32Array.BYTES_PER_ELEMENT);
  features.forEach((feature, i) => {
    const failed = failures[Math.floor(i / columns)] !== null;
    bytes.writeFloatLE(failed ? NaN : feature, i * Float32Array.BYTES_PER_ELEMENT);
  });
  return bytes;
}

function finish(
  context: ExecutorContext,
  shard: Shard,
  { digest, size, costs }: { digest: string; size?: number; costs: ShardCosts },
): Promise<boolean> {
  const { runId, index } = shard;
  return finishShard(context, shard, {
    costs,
    async store(client) {
      if (size !== undefined) {
        await client.query(
          `INSERT INTO blob (digest, size, media_type) VALUES ($1, $2, 'application/octet-stream') ON CONFLICT DO NOTHING`,
          [digest, size],
        );
      }
      await client.query('INSERT INTO training_features (run_id, index, digest) VALUES ($1, $2, $3)', [
        runId,
        index,
        digest,
      ]);
    },
    lastDone: (client) => addFitting(client, runId),
  });
}

async function addFitting(client: pg.ClientBase, runId: bigint): Promise<void> {
  await client.query(
    `INSERT INTO run_shard (run_id, index, first_index, last_index, samples)
     SELECT run_id, max(index) + 1, 0, 0, 0 FROM run_shard WHERE run_id = $1 GROUP BY run_id`,
    [runId],
  );
  await announce((sql, values) => client.query(sql, values), { kind: 'shards' });
}
