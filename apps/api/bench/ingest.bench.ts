import { copyPredictions, copyRows, inTransaction, type PredictionColumns } from '@samplewise/database';
import { startApi } from '../../../scripts/bench/api.ts';
import { benchProject } from '../../../scripts/bench/project.ts';

/**
 * Predictions and metric points a second through the public API, against raw COPY into the same tables in the same
 * run: the budget is one half. Both send batches one after the other, each committed.
 */
const SAMPLES = 200_000;
const BATCH = 10_000;
const CLASSES = 7;
const POINTS = 500_000;
const POINT_BATCH = 50_000;

const api = await startApi();
try {
  const { versionId, experiment } = await benchProject(api.database, SAMPLES, CLASSES);
  const experimentId = await experiment('predictions', versionId);
  const trainingsId = await experiment('trainings', null);
  const columns = batches();

  const throughApi = await rate('predictions through the API, 7 scores each', SAMPLES, async () => {
    const runId = await createRun(experimentId);
    for (const [i, batch] of columns.entries()) {
      await mutate('logPredictions', 'sampleDone', {
        runId,
        batchId: `batch ${i}`,
        sampleIndex: base64(batch.sampleIndex),
        scores: base64(batch.scores!),
      });
    }
  });
  const rawCopy = await rate('raw COPY of the same rows', SAMPLES, async () => {
    const runId = BigInt((await createRun(experimentId)).slice(4));
    for (const batch of columns) {
      await inTransaction(api.database.pool, (client) => copyPredictions(client, runId, batch));
    }
  });
  share(throughApi, rawCopy);

  const steps = BigInt64Array.from({ length: POINT_BATCH }, (_, i) => BigInt(i));
  const values = Float64Array.from({ length: POINT_BATCH }, (_, i) => Math.sin(i));
  const times = new Float64Array(POINT_BATCH).fill(Date.now());
  const pointsThroughApi = await rate('metric points through the API', POINTS, async () => {
    const runId = await createRun(trainingsId);
    for (let i = 0; i < POINTS / POINT_BATCH; i++) {
      const series = [{ key: `metric ${i}`, steps: base64(steps), values: base64(values), times: base64(times) }];
      await mutate('logMetrics', 'run { id }', { runId, batchId: `batch ${i}`, series });
    }
  });
  const pointsRaw = await rate('raw COPY of the same points', POINTS, async () => {
    const runId = BigInt((await createRun(trainingsId)).slice(4));
    for (let i = 0; i < POINTS / POINT_BATCH; i++) {
      await inTransaction(api.database.pool, (client) =>
        copyRows(client, 'metric_point (run_id, key_id, step, time, value)', steps.keys(), (row, at) => {
          row.begin(5);
          row.int8(runId);
          row.int4(i + 1);
          row.int8(steps[at]!);
          row.int8(0n);
          row.float8(values[at]!);
        }),
      );
    }
  });
  share(pointsThroughApi, pointsRaw);
} finally {
  await api.stop();
}

function batches(): PredictionColumns[] {
  return Array.from({ length: SAMPLES / BATCH }, (_, b): PredictionColumns => {
    const scores = new Float32Array(BATCH * CLASSES).fill(0.1);
    for (let i = 0; i < BATCH; i++) scores[i * CLASSES + (i % CLASSES)] = 0.4;
    return {
      sampleIndex: Int32Array.from({ length: BATCH }, (_, i) => b * BATCH + i),
      predicted: Int16Array.from({ length: BATCH }, (_, i) => i % CLASSES),
      status: new Uint8Array(BATCH),
      scores,
      classes: CLASSES,
      latencyMicros: null,
    };
  });
}

async function createRun(experimentId: string): Promise<string> {
  const { run } = (await mutate('createRun', 'run { id }', { experimentId })) as { run: { id: string } };
  return run.id;
}

async function mutate(name: string, fields: string, input: object): Promise<unknown> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}`;
  const { result } = await api.ask(
    `mutation ($input: ${type}Input!) { result: ${name}(input: $input) { ... on ${type}Payload { ${fields} } ... on InvalidInputError { message } } }`,
    { input },
  );
  if ((result as { message?: string }).message !== undefined) throw new Error((result as { message: string }).message);
  return result;
}

function base64(column: NodeJS.ArrayBufferView): string {
  return Buffer.from(column.buffer, column.byteOffset, column.byteLength).toString('base64');
}

/** The best of three, in rows a second. */
async function rate(name: string, rows: number, work: () => Promise<void>): Promise<number> {
  let best = 0;
  for (let i = 0; i < 3; i++) {
    const start = performance.now();
    await work();
    best = Math.max(best, (rows / (performance.now() - start)) * 1000);
  }
  console.log(`  ${name.padEnd(64)} ${Math.round(best).toLocaleString('en')} a second`);
  return best;
}

function share(ours: number, raw: number): void {
  const ratio = ours / raw;
  console.log(
    `  ${'  of raw COPY'.padEnd(64)} ${(100 * ratio).toFixed(0)} %  ${ratio >= 0.5 ? 'within' : 'MISSES'} 50 %`,
  );
}
