import { boxFile, RESTORER } from '@samplewise/demo';
import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../setup/ask.ts';
import { noiseProject, type NoiseProject } from '../setup/noise.ts';
import { end, startStack, type Stack } from '../setup/stack.ts';

let stack: Stack;
let executor: ChildProcess;
let noise: NoiseProject;
let datasetVersionId: string;
let experimentId: string;
let model: string;
let none: string;
let restorer: string;

beforeAll(async () => {
  stack = await startStack();
  executor = await stack.startExecutor({ SAMPLEWISE_PRICE_PER_HOUR: '3600', SAMPLEWISE_CURRENCY: 'EUR' });
  noise = await noiseProject(stack.client, 'Estimates', 60);
  const runId = await noise.queue('vgg-mini', 'known');
  await stack.client.waitForRun(runId);
  const { data } = await ask(
    stack,
    `{ node(id: "${runId}") { ... on Run { modelConfig { id } restorationConfig { id } experiment { id datasetVersion { id } } } } }`,
  );
  const { node } = data as {
    node: { modelConfig: Id; restorationConfig: Id; experiment: Id & { datasetVersion: Id } };
  };
  [model, none] = [node.modelConfig.id, node.restorationConfig.id];
  [experimentId, datasetVersionId] = [node.experiment.id, node.experiment.datasetVersion.id];
  const { digest } = await stack.client.upload(boxFile(RESTORER.file));
  const input = { projectId: noise.projectId, name: RESTORER.name, steps: RESTORER.steps(digest) };
  restorer = (await stack.client.createRestorationConfig(input)).config.id;
});
afterAll(() => stack.stop());

interface Id {
  id: string;
}
interface Estimate {
  samples: number;
  matrix: number;
  seconds: number;
  unknown: number;
  readySeconds: number | null;
  queue: { runs: number; samples: number; seconds: number | null; executors: number };
  runs: {
    model: string;
    restoration: string;
    cached: number;
    seconds: number | null;
    price: number | null;
    currency: string | null;
    problem: { code: string } | null;
    phases: { phase: string; seconds: number; runs: number; basis: string; otherHardware: boolean }[];
  }[];
}

async function estimate(modelConfigIds: string[], restorationConfigIds: string[], more = ''): Promise<Estimate> {
  const { data, errors } = await ask(
    stack,
    `query ($input: EstimatePlanInput!) { estimatePlan(input: $input) { samples matrix seconds unknown readySeconds
       queue { runs samples seconds executors }
       runs { model restoration cached seconds price currency problem { code }
         phases { phase seconds runs basis otherHardware } } } }`,
    { input: { datasetVersionId, plan: { modelConfigIds, restorationConfigIds }, ...(more ? { split: more } : {}) } },
  );
  expect(errors ?? []).toEqual([]);
  return (data as { estimatePlan: Estimate }).estimatePlan;
}

async function run(modelConfigId: string, restorationConfigId: string): Promise<void> {
  const plan = { modelConfigIds: [modelConfigId], restorationConfigIds: [restorationConfigId] };
  for (const { id } of await stack.client.queueRuns(experimentId, plan)) await stack.client.waitForRun(id);
}

test('a plan is estimated by what earlier runs cost; what never ran is not guessed', async () => {
  const { runs, ...whole } = await estimate([model], [none, restorer]);
  expect(whole).toMatchObject({ samples: 60, matrix: 2, unknown: 1, readySeconds: null, queue: { runs: 0, seconds: 0, executors: 1 } }); // prettier-ignore
  const [known, unknown] = runs;
  expect(unknown).toMatchObject({ restoration: RESTORER.name, seconds: null, price: null });
  expect(unknown!.phases.map(({ phase, basis }) => `${phase} ${basis}`)).toEqual([
    'INFERENCE SAME_MODEL',
    'EVALUATION SAME_MODEL',
  ]);
  const { rows } = await stack.pool.query<{ phase: string; wall_seconds: number; price: number }>(
    'SELECT phase, wall_seconds, price FROM phase_cost ORDER BY phase',
  );
  const spent = Object.fromEntries(rows.map((row) => [row.phase, row.wall_seconds]));
  expect(known!.seconds).toBeCloseTo(Math.max(spent.PREPROCESSING!, spent.INFERENCE!) + spent.EVALUATION!, 6);
  expect(known!.currency).toBe('EUR');
  expect(known!.price).toBeCloseTo(
    rows.reduce((sum, { price }) => sum + price, 0),
    6,
  );
  expect(known!.phases.every(({ basis, otherHardware, runs: n }) => basis === 'SAME' && !otherHardware && n === 1)).toBe(true); // prettier-ignore
  expect(whole.seconds).toBeCloseTo(known!.seconds!, 6);
});

test('pictures that are restored already are told, and cost less', async () => {
  await run(model, restorer);
  await run(model, restorer);
  const { runs, unknown, readySeconds } = await estimate([model], [restorer]);
  expect(unknown).toBe(0);
  expect(runs[0]!.cached).toBe(60);
  expect(readySeconds).toBeCloseTo(runs[0]!.seconds!, 6);
  const { rows } = await stack.pool.query<{ cached: number; wall_seconds: number }>(
    `SELECT cached, wall_seconds FROM phase_cost WHERE phase = 'PREPROCESSING' ORDER BY run_id DESC LIMIT 2`,
  );
  expect(rows.map(({ cached }) => cached)).toEqual([60, 0]);
  const preparation = runs[0]!.phases.find(({ phase }) => phase === 'PREPROCESSING')!;
  expect(preparation.seconds).toBeCloseTo(rows[0]!.wall_seconds, 6);
});

test('a restoration whose newest runs all found their pictures made is known by those that made them', async () => {
  await stack.pool.query(
    `WITH copied AS (
       INSERT INTO run (project_id, experiment_id, name, status, model_config_id, restoration_config_id, sample_total, environment)
       SELECT project_id, experiment_id, name, status, model_config_id, restoration_config_id, sample_total, environment
         FROM (SELECT * FROM run ORDER BY id DESC LIMIT 1) AS newest, generate_series(1, 60) RETURNING id
     )
     INSERT INTO phase_cost (run_id, phase, wall_seconds, cpu_seconds, device, samples, cached)
     SELECT copied.id, phase, wall_seconds, cpu_seconds, device, samples, cached
       FROM copied, phase_cost WHERE run_id = (SELECT max(run_id) FROM phase_cost)`,
  );
  await stack.pool.query('DELETE FROM restored_image');
  const { runs } = await estimate([model], [restorer]);
  expect(runs[0]).toMatchObject({ cached: 0 });
  expect(runs[0]!.phases.find(({ phase }) => phase === 'PREPROCESSING')).toMatchObject({ basis: 'SAME', runs: 1 });
});

test('what waits in the queue comes first, and without an executor nothing is promised', async () => {
  await end(executor);
  await stack.client.queueRuns(experimentId, { modelConfigIds: [model], restorationConfigIds: [none] });
  const { queue, readySeconds } = await estimate([model], [none]);
  expect(queue).toMatchObject({ runs: 1, samples: 60, executors: 0 });
  expect(queue.seconds).toBeGreaterThan(0);
  expect(readySeconds).toBeNull();
});

test('a model that can not run on these samples says why', async () => {
  const server = { type: 'openai', endpoint: 'http://127.0.0.1:9/v1', model: 'm' };
  const spec = { kind: 'vlm-prompt', labels: ['angry', 'happy'], prompt: 'Which of {labels}?', runtime: server };
  const { config } = await stack.client.createModelConfig({ projectId: noise.projectId, name: 'two', spec });
  const { runs } = await estimate([config.id, model], [none]);
  expect(runs.map((one) => one.problem?.code ?? null)).toEqual(['LABEL_MISMATCH', null]);
  expect((await estimate([model], [none], 'TRAIN')).samples).toBe(0);
});
