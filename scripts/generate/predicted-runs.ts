import type { SamplewiseClient } from '@samplewise/client';
import { Chance } from './chance.ts';
import { predictor, type RunPredictions } from './predictions.ts';
import type { SampleFacts } from './sample-facts.ts';
import { STUDY_MODELS, STUDY_RESTORATIONS, type StudyModel } from './study.ts';
import { base64, mutate } from './target.ts';
import { trainingLog } from './training-log.ts';

export interface PredictedRunsPlace {
  experimentId: string;
  /** In the order of STUDY_MODELS. */
  modelConfigIds: readonly string[];
  /** In the order of STUDY_RESTORATIONS. */
  restorationConfigIds: readonly string[];
  facts: SampleFacts;
  /** A folder whose files the first runs get as artifacts. */
  artifacts: string;
  seed: number;
}

const BATCH = 12_000;
/** Of the runs, so many have a log and artifacts. */
const WITH_FILES = 4;

/**
 * Runs that have a prediction of every sample, logged through the API as a client does, and given to the executor to
 * be evaluated: their figures and intervals are computed of what is stored.
 * @returns their ids, and how many of them have class scores
 */
export async function logPredictedRuns(
  client: SamplewiseClient,
  place: PredictedRunsPlace,
  count: number,
): Promise<string[]> {
  const predict = predictor(place.facts, place.seed);
  const chance = new Chance(place.seed, 'costs');
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const model = i % STUDY_MODELS.length;
    const restoration = Math.floor(i / STUDY_MODELS.length) % STUDY_RESTORATIONS.length;
    const seed = Math.floor(i / (STUDY_MODELS.length * STUDY_RESTORATIONS.length));
    const study = STUDY_MODELS[model]!;
    const { gain } = STUDY_RESTORATIONS[restoration]!;
    const { run } = await mutate<{ run: { id: string } }>(
      client,
      'createRun',
      {
        experimentId: place.experimentId,
        modelConfigId: place.modelConfigIds[model],
        restorationConfigId: place.restorationConfigIds[restoration],
        seed,
        group: study.name,
        params: {
          model: study.name,
          restoration: STUDY_RESTORATIONS[restoration]!.name,
          init_seed: seed,
          batch_size: 64,
        },
        tags: [{ key: 'stage', value: 'final' }, { key: 'evaluated' }],
      },
      'run { id }',
    );
    await logCosts(client, run.id, study, place.facts.count, chance);
    if (i < WITH_FILES) {
      await client.logLines(run.id, trainingLog(i, chance));
      await client.uploadArtifacts(run.id, place.artifacts);
    }
    await logPredictions(client, run.id, predict({ model: study, gain, seed }));
    await mutate(client, 'finishRun', { runId: run.id }, 'run { id }');
    ids.push(run.id);
  }
  return ids;
}

/** Waits until the executor has evaluated them. */
export async function waitForRuns(client: SamplewiseClient, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const { status, failure } = await client.waitForRun(id);
    if (status !== 'FINISHED') throw new Error(`${id} is ${status}: ${failure?.message ?? ''}`);
  }
}

async function logPredictions(client: SamplewiseClient, runId: string, made: RunPredictions): Promise<void> {
  const total = made.predicted.length;
  const classes = made.scores ? made.scores.length / total : 0;
  for (let from = 0; from < total; from += BATCH) {
    const to = Math.min(from + BATCH, total);
    await mutate(
      client,
      'logPredictions',
      {
        runId,
        batchId: `samples ${from}`,
        sampleIndex: base64(Int32Array.from({ length: to - from }, (_, i) => from + i)),
        predicted: base64(made.predicted.slice(from, to)),
        latencyMicros: base64(made.latencyMicros.slice(from, to)),
        ...(made.scores ? { scores: base64(made.scores.slice(from * classes, to * classes)) } : {}),
        ...(made.statuses ? { statuses: made.statuses.slice(from, to) } : {}),
      },
      'sampleDone',
    );
  }
}

async function logCosts(
  client: SamplewiseClient,
  runId: string,
  { latencyMicros, trainingHours }: StudyModel,
  samples: number,
  chance: Chance,
): Promise<void> {
  const phase = (name: string, seconds: number) => ({
    phase: name,
    wallSeconds: seconds,
    cpuSeconds: seconds * 1.2,
    peakMemoryBytes: String(Math.round(2 ** 30 * chance.between(1, 6))),
    device: 'NVIDIA RTX A5000',
    samples,
    energyJoules: seconds * 210,
    price: (seconds / 3600) * 0.44,
    currency: 'EUR',
  });
  const costs = [
    phase('PREPROCESSING', samples * 0.0008),
    phase('INFERENCE', (samples * latencyMicros * chance.between(0.95, 1.1)) / 1e6),
    ...(trainingHours > 0 ? [phase('TRAINING', 3600 * trainingHours * chance.between(0.9, 1.1))] : []),
  ];
  await mutate(client, 'logCosts', { runId, costs }, 'run { id }');
}
