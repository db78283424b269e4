import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ask, expectProblem, mutate as send } from '../setup/ask.ts';
import { startStack, until, type Stack } from '../setup/stack.ts';
import { tinyProject } from '../setup/tiny-dataset.ts';

let stack: Stack;
let project: Awaited<ReturnType<typeof tinyProject>>;
let experimentId: string;
let trainingsId: string;
let runId: string;

beforeAll(async () => {
  stack = await startStack();
  await stack.startExecutor();
  project = await tinyProject(stack.client, 'Clients');
  const { projectId, datasetVersionId } = project;
  experimentId = (await stack.client.createExperiment({ projectId, name: 'Predictions', datasetVersionId })).id;
  const made = await mutate(
    'createExperiment',
    { projectId, name: 'Trainings' },
    '... on CreateExperimentPayload { experiment { id } }',
  );
  trainingsId = (made as { experiment: { id: string } }).experiment.id;
});
afterAll(() => stack.stop());
beforeEach(async () => {
  runId = await begin();
});

const mutate = (name: string, input: object, fields: string) => send(stack, name, input, fields);

async function begin(input: object = {}): Promise<string> {
  const { run } = (await mutate(
    'createRun',
    { experimentId, ...input },
    '... on CreateRunPayload { run { id } created }',
  )) as {
    run: { id: string };
  };
  return run.id;
}

const predictions = (more: object = {}) => ({
  runId,
  batchId: randomUUID(),
  sampleIndex: [0, 1, 2],
  predicted: [0, 3, -1],
  ...more,
});
const log = (input: object) => mutate('logPredictions', input, '... on LogPredictionsPayload { sampleDone repeated }');
const finish = (input: object = {}) =>
  mutate('finishRun', { runId, ...input }, '... on FinishRunPayload { run { status } }');

async function read(fields: string, id = runId): Promise<Record<string, unknown>> {
  const { data } = await ask(stack, `query ($id: ID!) { node(id: $id) { ... on Run { ${fields} } } }`, { id });
  return (data as { node: Record<string, unknown> }).node;
}

const ended = () =>
  until(
    async () => {
      const run = await read('status failure { message } evaluation { samples covered accuracy { value } }');
      return run.status === 'RUNNING' ? undefined : run;
    },
    20,
    'the end of the run',
  );

describe('predictions of a client', () => {
  test('are evaluated when the run is finished', async () => {
    expect(await log(predictions())).toMatchObject({ sampleDone: 3, repeated: false });
    expect(await finish()).toMatchObject({ run: { status: 'RUNNING' } });
    expect(await ended()).toMatchObject({
      status: 'FINISHED',
      failure: null,
      evaluation: { samples: 3, covered: 2, accuracy: { value: expect.closeTo(2 / 3, 9) as number } },
    });
    const { predictions: page } = await read(
      'predictions(first: 3) { edges { node { predicted status confidence } } }',
    );
    expect((page as { edges: { node: object }[] }).edges.map((edge) => edge.node)).toEqual([
      { predicted: 'angry', status: 'PREDICTED', confidence: null },
      { predicted: 'happy', status: 'PREDICTED', confidence: null },
      { predicted: null, status: 'ABSTAINED', confidence: null },
    ]);
  });

  test('may be scores alone, in base64 and in any order of the classes', async () => {
    const labels = ['happy', 'angry', 'neutral'];
    const rows = Float32Array.of(0.25, 0.75, 0, 0.5, 0.25, 0.25, 0.125, 0.125, 0.75);
    const scores = Buffer.from(rows.buffer).toString('base64');
    await log({
      runId,
      batchId: 'b',
      sampleIndex: Buffer.from(Int32Array.of(0, 1, 2).buffer).toString('base64'),
      scores,
      labels,
    });
    await finish();
    expect(await ended()).toMatchObject({ evaluation: { accuracy: { value: 1 } } });
    const logarithms = (Math.log(0.75) + Math.log(0.5) + Math.log(0.75)) / 3;
    expect(
      await read(`evaluation { cohenKappa { value } scores { logLoss { value } calibrationBins { count } perClass { label } } }
        curves(label: "happy") { roc { falsePositiveRate truePositiveRate } precisionRecall { recall } }`),
    ).toMatchObject({
      evaluation: {
        cohenKappa: { value: 1 },
        scores: { logLoss: { value: expect.closeTo(-logarithms, 6) as number } },
      },
      curves: { roc: expect.arrayContaining([{ falsePositiveRate: 1, truePositiveRate: 1 }]) as object },
    });
    expect(
      await ask(stack, `query ($id: ID!) { node(id: $id) { ... on Run { curves(label: "bored") { label } } } }`, {
        id: runId,
      }),
    ).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    const { predictions: page } = await read(
      'predictions(first: 1) { edges { node { confidence scores { label score } } } }',
    );
    expect(page).toMatchObject({
      edges: [
        { node: { confidence: 0.75, scores: expect.arrayContaining([{ label: 'happy', score: 0.25 }]) as object } },
      ],
    });
  });

  test('of the same batch count once, and another content under its id is refused', async () => {
    const batch = predictions({ batchId: 'first', sampleIndex: [0], predicted: [0] });
    expect(await log(batch)).toMatchObject({ sampleDone: 1, repeated: false });
    expect(await log(batch)).toMatchObject({ sampleDone: 1, repeated: true });
    await expectProblem(log({ ...batch, predicted: [1] }), 'CONFLICT', 'input.batchId');
  });

  test('replace those that are there', async () => {
    await log(predictions());
    expect(await log(predictions({ sampleIndex: [2], predicted: [6] }))).toMatchObject({ sampleDone: 3 });
    await finish();
    expect(await ended()).toMatchObject({ evaluation: { covered: 3, accuracy: { value: 1 } } });
  });

  test.each<[string, object, string, string]>([
    ['a sample that is not there', { sampleIndex: [0, 1, 3] }, 'NOT_FOUND', 'input.sampleIndex.2'],
    ['a negative sample', { sampleIndex: [0, 1, -1] }, 'NOT_FOUND', 'input.sampleIndex.2'],
    ['a sample that comes twice', { sampleIndex: [0, 1, 1] }, 'INVALID_VALUE', 'input.sampleIndex.2'],
    ['a class that is not there', { predicted: [0, 7, 1] }, 'INVALID_VALUE', 'input.predicted.1'],
    ['a column of another length', { predicted: [0] }, 'INVALID_VALUE', 'input.predicted'],
    ['a label that is not there', { labels: ['angry', 'bored'] }, 'UNKNOWN_LABEL', 'input.labels.1'],
    [
      'scores that do not sum up',
      {
        predicted: null,
        labels: ['angry', 'happy'],
        scores: [
          [0.5, 0.5],
          [1, 1],
          [1, 0],
        ],
      },
      'INVALID_VALUE',
      'input.scores.1',
    ],
    [
      'a score of NaN',
      {
        predicted: null,
        labels: ['angry', 'happy'],
        scores: [
          [0.5, 0.5],
          [1, 0],
          ['NaN', 0],
        ],
      },
      'INVALID_VALUE',
      'input.scores.2',
    ],
    ['nothing', { sampleIndex: [], predicted: [] }, 'INVALID_VALUE', 'input.sampleIndex'],
    ['neither predictions nor scores', { predicted: null }, 'INVALID_VALUE', 'input.predicted'],
    [
      'a status that does not fit',
      { statuses: ['FAILED', 'PREDICTED', 'FAILED'] },
      'INVALID_VALUE',
      'input.statuses.0',
    ],
    ['an unknown run', { runId: 'Run_999999' }, 'NOT_FOUND', 'input.runId'],
    ['an id of something else', { runId: 'Project_1' }, 'INVALID_VALUE', 'input.runId'],
    ['a batch id with a line break', { batchId: 'a\n' }, 'INVALID_VALUE', 'input.batchId'],
  ])('with %s are refused, and nothing is stored', async (_name, change, code, place) => {
    await expectProblem(log(predictions(change)), code, place);
    expect(await read('sampleDone')).toEqual({ sampleDone: 0 });
  });

  test('at the same time in many batches are all there, each once', async () => {
    await Promise.all(
      Array.from({ length: 12 }, (_, i) => log(predictions({ sampleIndex: [i % 3], predicted: [i % 7] }))),
    );
    expect(await read('sampleDone predictions { totalCount }')).toEqual({
      sampleDone: 3,
      predictions: { totalCount: 3 },
    });
  });
});

describe('the end of a run', () => {
  test('with samples that have no prediction is refused, unless that is meant', async () => {
    await log(predictions({ sampleIndex: [0], predicted: [0] }));
    await expectProblem(finish(), 'INVALID_VALUE', 'input.runId');
    await finish({ incomplete: true });
    expect(await ended()).toMatchObject({
      evaluation: { samples: 3, covered: 1, accuracy: { value: expect.closeTo(1 / 3, 9) as number } },
    });
  });

  test('without predictions comes at once; then nothing can be logged until it is resumed', async () => {
    expect(await finish()).toMatchObject({ run: { status: 'FINISHED' } });
    await expectProblem(log(predictions()), 'CONFLICT', 'input.runId');
    await mutate('resumeRun', { runId }, '... on ResumeRunPayload { run { status } }');
    expect(await log(predictions())).toMatchObject({ sampleDone: 3 });
  });

  test('by failure says why', async () => {
    await mutate('failRun', { runId, reason: 'CUDA out of memory' }, '... on FailRunPayload { run { status } }');
    expect(await read('status failure { code message }')).toEqual({
      status: 'FAILED',
      failure: { code: 'CLIENT_FAILED', message: 'CUDA out of memory' },
    });
  });

  test("is not a client's for runs of executors", async () => {
    await stack.pool.query(`UPDATE run SET source = 'EXECUTOR' WHERE id = $1`, [runId.slice(4)]);
    await expectProblem(finish(), 'CONFLICT', 'input.runId');
  });

  test('a client that falls silent is marked so', async () => {
    expect(await read('silent')).toEqual({ silent: false });
    await stack.pool.query(`UPDATE run SET heartbeat_at = now() - interval '3 minutes' WHERE id = $1`, [
      runId.slice(4),
    ]);
    expect(await read('silent')).toEqual({ silent: true });
    await mutate('heartbeat', { runId }, '... on HeartbeatPayload { run { id } }');
    expect(await read('silent')).toEqual({ silent: false });
  });
});

describe('an experiment without a dataset', () => {
  test('has runs that are trainings, and takes no predictions', async () => {
    runId = await begin({ experimentId: trainingsId });
    expect(await read('sampleTotal predictions { totalCount }')).toEqual({
      sampleTotal: 0,
      predictions: { totalCount: 0 },
    });
    await expectProblem(log(predictions()), 'INVALID_VALUE', 'input.runId');
    const { rows } = await stack.pool.query<{ id: string }>(
      `INSERT INTO model_config (project_id, name, version, kind, spec, digest)
       VALUES ($1, 'm', 1, 'ONNX_CLASSIFIER', '{}', repeat('0', 64)) RETURNING id::text`,
      [project.projectId.slice('Project_'.length)],
    );
    const queued = mutate(
      'queueRuns',
      {
        experimentId: trainingsId,
        plan: { modelConfigIds: [`ModelConfig_${rows[0]!.id}`], restorationConfigIds: [project.noneId] },
      },
      '... on QueueRunsPayload { runs { id } }',
    );
    await expectProblem(queued, 'INVALID_VALUE', 'input.experimentId');
  });
});
