import { afterAll, beforeAll, expect, test } from 'vitest';
import { mutate } from '../setup/ask.ts';
import { rowOf } from '../setup/noise.ts';
import { faceProject, type FaceProject } from '../setup/split-faces.ts';
import { end, startStack, until, type Stack } from '../setup/stack.ts';

/** A layer in the midst of vgg-mini: thousands of features, so that fitting takes a while. */
const WIDE = '/2/2.2/Relu_output_0';

let stack: Stack;
let project: FaceProject;
let model: string;
let experimentId: string;

beforeAll(async () => {
  stack = await startStack();
  const executor = await stack.startExecutor();
  project = await faceProject(stack.client, 'Faults of probes', { train: 60, test: 0 });
  model = await project.register('vgg-mini');
  const { projectId, datasetVersionId } = project;
  ({ id: experimentId } = await stack.client.createExperiment({ projectId, name: 'Probes', datasetVersionId }));
  await end(executor);
});
afterAll(() => stack.stop());

/** It goes on as long as there is anything to learn. */
const queue = (more: object = {}) =>
  stack.client.trainProbe({
    ...{ experimentId, modelConfigId: model, features: WIDE, validationShare: 0, l2: 0, maxIterations: 200 },
    ...more,
  });

const has = async (sql: string, runId: string): Promise<true | undefined> =>
  ((await stack.pool.query(sql, [rowOf(runId)])).rowCount ?? 0) > 0 ? true : undefined;

const COMPUTING = `SELECT 1 FROM run_shard WHERE run_id = $1 AND samples > 0 AND executor_id IS NOT NULL AND finished_at IS NULL`;
/** Points of the curve are there. */
const FITTING = `SELECT 1 FROM metric_summary s JOIN metric_key k ON k.id = s.key_id
  JOIN run_shard f ON f.run_id = s.run_id AND f.samples = 0 AND f.finished_at IS NULL AND f.executor_id IS NOT NULL
 WHERE s.run_id = $1 AND k.name = 'train/loss'`;
const AT_WORK = 'SELECT 1 FROM run_shard WHERE run_id = $1 AND executor_id IS NOT NULL AND finished_at IS NULL';
const reaches = (sql: string, runId: string) => until(() => has(sql, runId), 60, sql);

test('a training whose executors are killed in all its stages ends once, with the head of an undisturbed one', async () => {
  const undisturbed = await queue({ modelName: 'same' });
  let executor = await stack.startExecutor();
  const reference = await stack.client.waitForRun(undisturbed.id);
  expect(reference).toMatchObject({ status: 'FINISHED', training: { modelConfig: { version: 1 } } });
  await stack.pool.query('DELETE FROM training_features');

  const { id } = await queue({ modelName: 'same' });
  for (const stage of [COMPUTING, FITTING]) {
    await reaches(stage, id);
    await end(executor, 'SIGKILL');
    executor = await stack.startExecutor();
  }
  // Nothing is learned twice: the same file, and so the same model, and one point for each iteration.
  expect(await stack.client.waitForRun(id)).toMatchObject({
    status: 'FINISHED',
    ...{ sampleDone: 420, training: reference.training },
  });
  const { rows } = await stack.pool.query<{ points: string; steps: string; counted: number; files: string }>(
    `SELECT count(*) AS points, count(DISTINCT step) AS steps, min(s.count) AS counted,
            (SELECT count(*) FROM training_features f WHERE f.run_id = $1) AS files
       FROM metric_point p JOIN metric_key k ON k.id = p.key_id
       JOIN metric_summary s ON s.run_id = p.run_id AND s.key_id = p.key_id
      WHERE p.run_id = $1 AND k.name = 'train/loss'`,
    [rowOf(id)],
  );
  const { points, steps, counted, files } = rows[0]!;
  expect([steps, String(counted), files]).toEqual([points, points, '2']);
  const { rows: models } = await stack.pool.query(`SELECT 1 FROM model_config WHERE name = 'same'`);
  expect(models).toHaveLength(1);
  await end(executor);
}, 240_000);

test('a training that is paused or canceled in the midst of fitting is left within a second', async () => {
  const executor = await stack.startExecutor();
  const { id } = await queue({ modelName: 'given up' });
  const isLeft = async (): Promise<true | undefined> => ((await has(AT_WORK, id)) ? undefined : true);
  await reaches(FITTING, id);
  await mutate(stack, 'pauseRuns', { runIds: [id] }, '... on PauseRunsPayload { runs { id } }');
  await until(isLeft, 1.5, 'that executors leave the training');
  expect((await stack.client.run(id)).status).toBe('RUNNING');

  await mutate(stack, 'unpauseRuns', { runIds: [id] }, '... on UnpauseRunsPayload { runs { id } }');
  await until(async () => ((await has(AT_WORK, id)) ? true : undefined), 30, 'that an executor takes it up again');
  await mutate(stack, 'cancelRun', { runId: id }, '... on CancelRunPayload { run { id } }');
  await until(isLeft, 1.5, 'that executors leave the training');
  expect(await stack.client.run(id)).toMatchObject({ status: 'CANCELED', training: { modelConfig: null } });
  await end(executor);
});
