import {
  digestOfJson,
  hiddenFromTraining,
  InvalidInput,
  PROBE_METRICS,
  splitsOfProbe,
  type LinearProbeSpec,
} from '@samplewise/domain';
import { announce, hiddenAmong, inTransaction, insertModelConfig, logSystemLine } from '@samplewise/database';
import type pg from 'pg';
import type { ExecutorContext } from '../context.ts';
import { storePhaseCosts, totalOf, type PhaseTotal, type SpentCost } from '../costs/phase-costs.ts';
import { logMetrics } from '../metrics.ts';
import type { ShardCosts } from '../shards/finish-shard.ts';
import type { Shard } from '../shards/load-shard.ts';
import type { Fitted } from './fit-protocol.ts';
import type { Training } from './training.ts';
import type { TrainedModel } from './write-trained-model.ts';

export interface Trained {
  fitted: Fitted;
  model: TrainedModel;
  /** Of the fitting. */
  cost: SpentCost;
}

/**
 * Registers the trained model, and makes it true at once with the run's costs, its figures and its end. Of two executors
 * that did it only the first writes.
 * @throws InvalidInput when labels were hidden meanwhile
 * @returns whether it wrote; false when the run has ended or the shard is finished
 */
export function finishTraining(
  { database, executorId, log, done }: ExecutorContext,
  shard: Shard,
  { modelName, samples, probe }: Training,
  { fitted, model, cost }: Trained,
): Promise<boolean> {
  const { runId, index } = shard;
  return inTransaction(database.pool, async (client) => {
    const { rows } = await client.query<{ status: string; project_id: bigint }>(
      'SELECT status, project_id FROM run WHERE id = $1 FOR UPDATE',
      [runId],
    );
    const run = rows[0];
    if (run?.status !== 'RUNNING') return false;
    const claimed = await client.query(
      `UPDATE run_shard SET finished_at = now(), costs = $3, executor_id = $4, error = NULL, retry_at = NULL
        WHERE run_id = $1 AND index = $2 AND finished_at IS NULL`,
      [runId, index, JSON.stringify({ TRAINING: cost }), executorId],
    );
    if (claimed.rowCount === 0) return false;
    await refuseHidden(async (sql, values) => (await client.query<object>(sql, values)).rows, shard.versionId, probe);
    const projectId = run.project_id;
    const configId = await register(client, projectId, modelName, model);
    await client.query('UPDATE training SET model_config_id = $2 WHERE run_id = $1', [runId, configId]);
    const costs = await costsOf(client, runId, cost);
    await storePhaseCosts(client, runId, samples, costs.phases);
    await logMetrics(database, client, { id: runId, projectId }, fitted.iteration, {
      ...figuresOf(fitted),
      [PROBE_METRICS.featureSeconds]: costs.featureSeconds,
      [PROBE_METRICS.fitSeconds]: cost.wallSeconds,
    });
    await client.query(`UPDATE run SET status = 'FINISHED', finished_at = now() WHERE id = $1`, [runId]);
    const execute = (sql: string, values: unknown[]) => client.query(sql, values);
    await logSystemLine(execute, runId, 'INFO', summaryOf(fitted, modelName, configId));
    await announce(execute, { kind: 'run', runId: String(runId), experimentId: String(shard.experimentId) });
    done.shardsDone++;
    log.info({ runId: String(runId), modelConfigId: String(configId) }, 'the training finished');
    return true;
  });
}

/**
 * Labels may have been hidden since the training was queued.
 * @param query of a transaction, until whose end they stay as they are; else they may be hidden at any moment
 * @throws InvalidInput
 */
export async function refuseHidden(
  query: (sql: string, values: unknown[]) => Promise<unknown[]>,
  versionId: bigint,
  probe: LinearProbeSpec,
): Promise<void> {
  const hidden = await hiddenAmong(query, versionId, splitsOfProbe(probe));
  if (hidden.length > 0) throw new InvalidInput(hiddenFromTraining(hidden, 'training.trainSplit'));
}

async function register(
  client: pg.ClientBase,
  projectId: bigint,
  name: string,
  { spec, digest, size }: TrainedModel,
): Promise<bigint> {
  await client.query(
    `INSERT INTO blob (digest, size, media_type) VALUES ($1, $2, 'application/octet-stream') ON CONFLICT DO NOTHING`,
    [digest, size],
  );
  // It is kept from being collected until the config names it.
  await client.query('SELECT 1 FROM blob WHERE digest = $1 FOR KEY SHARE', [digest]);
  const config = { projectId, name, kind: 'ONNX_CLASSIFIER', spec, digest: digestOfJson(spec) } as const;
  const query = async (sql: string, values: unknown[]) => (await client.query<{ id: bigint }>(sql, values)).rows;
  return (await insertModelConfig(query, config)).id;
}

/** Images are prepared in PREPROCESSING; the network that gives features and the fitting are TRAINING. */
async function costsOf(
  client: pg.ClientBase,
  runId: bigint,
  cost: SpentCost,
): Promise<{ phases: { PREPROCESSING: PhaseTotal; TRAINING: PhaseTotal }; featureSeconds: number }> {
  const { rows } = await client.query<{ costs: ShardCosts }>(
    'SELECT costs FROM run_shard WHERE run_id = $1 AND samples > 0',
    [runId],
  );
  const features = totalOf(rows.map(({ costs }) => costs.INFERENCE));
  return {
    phases: {
      PREPROCESSING: totalOf(rows.map(({ costs }) => costs.PREPROCESSING)),
      TRAINING: totalOf([features, { ...cost, cached: 0 }]),
    },
    featureSeconds: features.wallSeconds,
  };
}

const figuresOf = ({ iteration, training, validation }: Fitted): Record<string, number> => ({
  [PROBE_METRICS.iteration]: iteration,
  [PROBE_METRICS.trainingLoss]: training.loss,
  [PROBE_METRICS.trainingAccuracy]: training.accuracy,
  ...(validation
    ? {
        [PROBE_METRICS.validationLoss]: validation.loss,
        [PROBE_METRICS.validationAccuracy]: validation.accuracy,
      }
    : {}),
});

const ENDS: Record<Fitted['end'], string> = {
  converged: 'at the minimum',
  stopped: 'without a lower validation loss for long',
  iterations: 'when its iterations were used up: maxIterations may be too few',
};

const summaryOf = ({ learned, iterations, end, iteration }: Fitted, name: string, configId: bigint): string =>
  `Trained on ${learned} samples: ended after ${iterations} iterations, ${ENDS[end]}; the head of iteration ` +
  `${iteration} is kept, and registered as ${name} (ModelConfig_${configId}).`;
