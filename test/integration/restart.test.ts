import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, mutate } from '../setup/ask.ts';
import { startOwnPostgres, type OwnPostgres } from '../setup/own-postgres.ts';
import { startStack, type Stack } from '../setup/stack.ts';

const CLIENTS = 4;
const BATCH = 200;
/** For one client: its batches of predictions are of samples that no other batch has. */
const SAMPLES = 40_000;
const CLASSES = ['a', 'b'];
const PATIENCE_MILLISECONDS = 30_000;

let postgres: OwnPostgres;
let stack: Stack;
let versionId: string;

beforeAll(async () => {
  postgres = await startOwnPostgres();
  stack = await startStack({}, postgres.url);
  await stack.pool.query(`INSERT INTO team (slug, name) VALUES ('local', 'Local') ON CONFLICT DO NOTHING`);
  await stack.pool.query(`INSERT INTO project (team_id, slug, name) SELECT id, 'p', 'P' FROM team`);
  await stack.pool.query(`INSERT INTO dataset (project_id, slug, name) VALUES (1, 'd', 'D')`);
  await stack.pool.query(
    `INSERT INTO dataset_version (dataset_id, number, name, digest, labels, sample_count)
     VALUES (1, 1, 'one', repeat('0', 64), $1, $2)`,
    [CLASSES, SAMPLES],
  );
  await stack.pool.query(`INSERT INTO blob (digest, size, media_type) VALUES (repeat('0', 64), 1, 'image/png')`);
  await stack.pool.query(
    `INSERT INTO sample (version_id, index, split, label, digest, source)
     SELECT 1, i, 'TEST', i % 2, repeat('0', 64), '' FROM generate_series(0, $1::int - 1) AS i`,
    [SAMPLES],
  );
  versionId = 'DatasetVersion_1';
});
afterAll(async () => {
  await stack.stop();
  await postgres.stop();
});

/** What one client was told to be stored. */
interface Acknowledged {
  runId: string;
  predictions: number;
  points: number;
  /** Requests that were answered by an error, or not at all, and sent again. */
  repeats: number;
}

test('a restarted and a killed Postgres lose no acknowledged write and double none', async () => {
  const experiment = await mutate(
    stack,
    'createExperiment',
    { projectId: 'Project_1', name: 'Load', datasetVersionId: versionId },
    '... on CreateExperimentPayload { experiment { id } }',
  );
  const experimentId = (experiment as { experiment: { id: string } }).experiment.id;
  const over = new AbortController();
  const clients = Array.from({ length: CLIENTS }, () => logUntil(experimentId, over.signal));

  await setTimeout(1000);
  await postgres.restart();
  await setTimeout(1500);
  await postgres.crash();
  await setTimeout(1500);
  await postgres.restart();
  await setTimeout(1500);
  over.abort();
  const acknowledged = await Promise.all(clients);

  expect(acknowledged.reduce((sum, { repeats }) => sum + repeats, 0)).toBeGreaterThan(0);
  const { rows: runs } = await stack.pool.query<{ n: string }>('SELECT count(*) AS n FROM run');
  expect(runs).toEqual([{ n: String(CLIENTS) }]);
  for (const { runId, predictions, points } of acknowledged) {
    expect(predictions).toBeGreaterThan(0);
    const stored = await stack.pool.query<Record<string, string>>(
      `SELECT r.sample_done AS done,
              (SELECT count(*) FROM prediction p WHERE p.run_id = r.id) AS predictions,
              (SELECT count(*) FROM metric_point m WHERE m.run_id = r.id) AS points,
              (SELECT sum(count) FROM metric_summary s WHERE s.run_id = r.id) AS counted
         FROM run r WHERE r.id = $1`,
      [runId.slice('Run_'.length)],
    );
    expect(stored.rows).toEqual([
      { done: predictions, predictions: String(predictions), points: String(points), counted: String(points) },
    ]);
  }
});

/** Logs batch after batch, each until it is acknowledged. */
async function logUntil(experimentId: string, over: AbortSignal): Promise<Acknowledged> {
  const told: Acknowledged = { runId: '', predictions: 0, points: 0, repeats: 0 };
  const acknowledge = async (name: string, input: object, fields: string): Promise<object> => {
    for (const deadline = Date.now() + PATIENCE_MILLISECONDS; ; told.repeats++) {
      try {
        return await mutate(stack, name, input, fields);
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await setTimeout(50);
      }
    }
  };
  const begun = (await acknowledge(
    'createRun',
    { experimentId, clientKey: randomUUID() },
    '... on CreateRunPayload { run { id } }',
  )) as { run: { id: string } };
  told.runId = begun.run.id;
  for (let at = 0; !over.aborted && at < SAMPLES; at += BATCH) {
    const indices = Array.from({ length: BATCH }, (_, i) => at + i);
    const batch = { runId: told.runId, batchId: randomUUID() };
    await acknowledge(
      'logPredictions',
      { ...batch, sampleIndex: indices, predicted: indices.map((i) => i % 2) },
      '... on LogPredictionsPayload { sampleDone }',
    );
    told.predictions += BATCH;
    await acknowledge(
      'logMetrics',
      { runId: told.runId, batchId: randomUUID(), series: [{ key: 'loss', steps: indices, values: indices }] },
      '... on LogMetricsPayload { run { id } }',
    );
    told.points += BATCH;
  }
  return told;
}

test('while Postgres is away the API says so and that the request may be sent again; then it answers', async () => {
  const read = () => ask(stack, '{ projects(first: 1) { edges { node { id } } } }');
  await postgres.restart(async () => {
    const { errors } = await read();
    expect(errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }]);
    expect(errors![0]!.message).toContain('may be sent again');
    await expect(logged()).rejects.toThrow('may be sent again');
    const file = await fetch(`${stack.apiUrl}/blobs/${'0'.repeat(64)}`);
    expect([file.status, await file.text()]).toEqual([503, expect.stringContaining('may be sent again')]);
  });
  expect((await read()).data).toMatchObject({ projects: { edges: [{ node: { id: 'Project_1' } }] } });
  await logged();
});

/** A write by the other of the two ways to the database. */
async function logged(): Promise<void> {
  const input = { runId: 'Run_1', batchId: 'the last', series: [{ key: 'last', steps: [1], values: [1] }] };
  await mutate(stack, 'logMetrics', input, '... on LogMetricsPayload { run { id } }');
}
