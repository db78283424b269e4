import {
  InvalidInput,
  modelSpec,
  parseInput,
  problem,
  restorationSteps,
  type ModelSpec,
  type Problem,
  type RestorationStep,
  type TrialPrediction,
  type TrialResult,
} from '@samplewise/domain';
import { announce, type Database } from '@samplewise/database';
import { verifyImage } from '@samplewise/datasets';
import { BlobMissing } from '@samplewise/storage';
import type { ExecutorContext } from '../context.ts';
import { openPicture } from '../images/decode.ts';
import { ModelProcessLost, PredictionAborted } from '../model-process/lost-model.ts';
import type { Predicted } from '../model-process/protocol.ts';
import { readImage } from '../shards/image-windows.ts';
import { argmax } from '../shards/label-order.ts';
import { findRestored, type StoredPicture } from '../shards/load-shard.ts';
import { storeRestored } from '../shards/store-restored.ts';

/** A picture that takes longer is given up: others wait behind it. Loading the model is not counted. */
const LONGEST_MILLISECONDS = 5 * 60 * 1000;

interface Trial {
  id: bigint;
  model: ModelSpec | null;
  steps: RestorationStep[];
  image: string;
  fileName: string;
}

/**
 * Tries a model, a restoration or both on the picture of a trial, beside the shards that are at work. What is wrong with
 * the picture, the model or its config ends it; what may pass is thrown, so that the queue tries again.
 */
export async function tryImage(context: ExecutorContext, id: bigint): Promise<void> {
  const { database, log } = context;
  try {
    const trial = await begin(database, id);
    if (trial) await finish(database, id, await predict(context, trial));
  } catch (error) {
    const failure = failureOf(error as Error);
    if (!failure) throw error;
    log.warn({ trialId: String(id), failure }, 'a trial failed');
    await failTrial(database, id, failure);
  }
}

/** undefined: it may pass. */
function failureOf(error: Error): Problem | undefined {
  if (error instanceof InvalidInput) return error.problems[0];
  if (error instanceof ModelProcessLost) return error.problem;
  if (error instanceof BlobMissing) {
    return problem('BLOB_MISSING', error.message, { place: 'weights', mend: 'Upload the file again.' });
  }
  if (error instanceof PredictionAborted) {
    return problem('TOO_SLOW', `The picture took longer than ${LONGEST_MILLISECONDS / 60_000} minutes.`, {
      place: 'model',
      mend: 'Queue a run: it has no such limit.',
    });
  }
  return undefined;
}

/** @returns undefined when it has ended, or is gone */
async function begin({ pool }: Database, id: bigint): Promise<Trial | undefined> {
  const { rows } = await pool.query<{ model: unknown; steps: unknown; image_digest: string; file_name: string }>(
    `UPDATE trial SET status = 'RUNNING', started_at = coalesce(started_at, now())
      WHERE id = $1 AND status IN ('QUEUED', 'RUNNING') RETURNING model, steps, image_digest, file_name`,
    [id],
  );
  const row = rows[0];
  if (!row) return undefined;
  await announceTrial(pool, id);
  return {
    id,
    model: row.model === null ? null : parseInput(modelSpec, row.model, 'model'),
    steps: parseInput(restorationSteps, row.steps, 'restoration'),
    image: row.image_digest,
    fileName: row.file_name,
  };
}

async function predict(context: ExecutorContext, { model, steps, image, fileName }: Trial): Promise<TrialResult> {
  const { database, storage, models, name } = context;
  const { bytes, mediaType } = await verifyImage(await storage.read(image), fileName);
  // Only now it is known to be a picture, which pages may show.
  await database.pool.query('UPDATE blob SET media_type = $2 WHERE digest = $1 AND media_type <> $2', [
    image,
    mediaType,
  ]);
  const { width, height } = await openPicture(bytes);
  const picture: StoredPicture = { digest: image, restored: [] };
  await findRestored(database, [picture], steps);
  const given = await readImage(storage, picture);
  const asked = performance.now();
  return models.useBeside(model, steps, async (modelProcess) => {
    const loadSeconds = (performance.now() - asked) / 1000;
    const predicted = await modelProcess.predict([given], AbortSignal.timeout(LONGEST_MILLISECONDS), {
      store: (restored) => storeRestored({ database, storage }, { steps, samples: [picture] }, restored),
    });
    const { PREPROCESSING, INFERENCE } = predicted.costs;
    return {
      width,
      height,
      prediction: predictionOf(model, predicted),
      cachedSteps: given.stepsDone,
      loadSeconds,
      preprocessingSeconds: PREPROCESSING.wallSeconds,
      inferenceSeconds: INFERENCE.wallSeconds,
      executor: name,
    };
  });
}

/** @throws InvalidInput when there is none */
function predictionOf(model: ModelSpec | null, predicted: Predicted): TrialPrediction | null {
  const [failure] = predicted.failures;
  const latencyMicros = predicted.latencyMicros[0]!;
  if (failure != null) throw new InvalidInput(notPredicted(failure, predicted));
  if (!model) return null;
  const { labels } = model;
  const [answer] = predicted.answers ?? [];
  if (answer) {
    const { text, promptTokens, completionTokens, requests } = answer;
    return {
      predicted: labels[answer.label] ?? null,
      confidence: Number.isNaN(answer.confidence) ? null : answer.confidence,
      scores: null,
      answer: { text, promptTokens, completionTokens, requests },
      latencyMicros,
    };
  }
  const best = argmax(predicted.scores, 0, labels.length);
  const confidence = predicted.scores[best]!;
  return { predicted: labels[best]!, confidence, scores: [...predicted.scores], answer: null, latencyMicros };
}

/** The picture is whole, since it was verified: it is too large for a restoration, or the model's server has failed. */
const notPredicted = (reason: string, { answers }: Predicted): Problem =>
  answers?.[0]
    ? problem('ENDPOINT_FAILED', reason, { place: 'model' })
    : problem('IMAGE_TOO_LARGE', reason, { place: 'restoration', mend: 'Shrink it, or leave steps out.' });

async function finish({ pool }: Database, id: bigint, result: TrialResult): Promise<void> {
  await pool.query(
    `UPDATE trial SET status = 'FINISHED', result = $2, finished_at = now() WHERE id = $1 AND status = 'RUNNING'`,
    [id, JSON.stringify(result)],
  );
  await announceTrial(pool, id);
}

/** Ends a trial that has not ended as FAILED, with the reason. */
export async function failTrial({ pool }: Pick<Database, 'pool'>, id: bigint, failure: Problem): Promise<void> {
  await pool.query(
    `UPDATE trial SET status = 'FAILED', failure = $2, finished_at = now()
      WHERE id = $1 AND status IN ('QUEUED', 'RUNNING')`,
    [id, JSON.stringify(failure)],
  );
  await announceTrial(pool, id);
}

const announceTrial = (pool: Database['pool'], id: bigint): Promise<void> =>
  announce((sql, values) => pool.query(sql, values), { kind: 'trial', trialId: String(id) });
