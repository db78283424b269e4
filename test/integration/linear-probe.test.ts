import { boxFile } from '@samplewise/demo';
import { softmaxRegression } from '@samplewise/evaluation';
import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import proto from 'onnx-proto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { featuresOf, type BoxFeatures } from '../../packages/executor/test/support/box-features.ts';
import { ask, expectProblem, mutate } from '../setup/ask.ts';
import { samplewise } from '../setup/command.ts';
import { faceProject, type FaceProject } from '../setup/split-faces.ts';
import { end, startStack, type Stack } from '../setup/stack.ts';

const LABELS = ['angry', 'disgust', 'fear', 'happy', 'neutral', 'sad', 'surprise'];
/** What the last dense layer of vgg-mini is given. */
const FEATURES = '/8/8.1/Flatten_output_0';
const SPLITS = { train: 40, test: 20 };

let stack: Stack;
let executor: ChildProcess;
let project: FaceProject;
let models: Record<'vgg' | 'clip', string>;
let experimentId: string;

beforeAll(async () => {
  stack = await startStack();
  executor = await stack.startExecutor({ SAMPLEWISE_POWER_WATTS: '40' });
  project = await faceProject(stack.client, 'Probes', SPLITS);
  models = { vgg: await project.register('vgg-mini'), clip: await project.register('clip-mini') };
  const { projectId, datasetVersionId } = project;
  const split = 'TEST';
  ({ id: experimentId } = await stack.client.createExperiment({ projectId, name: 'Probes', datasetVersionId, split }));
});
afterAll(() => stack.stop());

const train = (input: object) =>
  mutate(stack, 'trainProbe', { experimentId, ...input }, '... on TrainProbePayload { run { id } }');

interface Read {
  name: string;
  status: string;
  source: string;
  sampleTotal: number;
  sampleDone: number;
  training: { probe: { features: string }; modelConfig: { id: string; trainedBy: { id: string } } | null } | null;
  params: { key: string; value: string }[];
  metrics: { key: string; last: number; count: number }[];
  phaseCosts: {
    phase: string;
    wallSeconds: number;
    cpuSeconds: number;
    samples: number;
    cached: number;
    device: string;
    energyJoules: number | null;
  }[];
  evaluation: object | null;
}

async function read(id: string): Promise<Read> {
  const { data, errors } = await ask(
    stack,
    `query ($id: ID!) { node(id: $id) { ... on Run {
       name status source sampleTotal sampleDone evaluation { confidence }
       training { probe { features trainSplit validationSplit validationShare l2 } modelConfig { id trainedBy { id } } }
       params { key value }
       metrics { key last count }
       phaseCosts { phase wallSeconds cpuSeconds samples cached device energyJoules }
     } } }`,
    { id },
  );
  expect(errors ?? []).toEqual([]);
  return data!.node as Read;
}

/** Trains to the end. */
async function trained(input: object): Promise<Read & { id: string }> {
  const { run } = (await train(input)) as { run: { id: string } };
  const ended = await stack.client.waitForRun(run.id);
  expect(ended).toMatchObject({ status: 'FINISHED', failure: null });
  return { id: run.id, ...(await read(run.id)) };
}

/** Scores of each sample of a run, in the order of its labels. */
async function scoresOf(runId: string): Promise<number[][]> {
  const { data } = await ask(
    stack,
    `query ($id: ID!) { node(id: $id) { ... on Run {
       predictions(first: 200) { edges { node { scores { label score } } } } } } }`,
    { id: runId },
  );
  const { predictions } = data!.node as {
    predictions: { edges: { node: { scores: { label: string; score: number }[] } }[] };
  };
  return predictions.edges.map(({ node }) => node.scores.map(({ score }) => score));
}

/** Weights and biases that stand in the file of a trained model. */
async function headOf(modelConfigId: string) {
  const { data } = await ask(stack, `query ($id: ID!) { node(id: $id) { ... on ModelConfig { spec } } }`, {
    id: modelConfigId,
  });
  const { spec } = data!.node as { spec: { labels: string[]; weights: { digest: string } } };
  const bytes = await (await fetch(`${stack.apiUrl}/blobs/${spec.weights.digest}`)).bytes();
  const { graph } = proto.onnx.ModelProto.decode(bytes);
  const constants = graph!.node!.filter((node) => node.opType === 'Constant' && node.output![0]!.startsWith('head_'));
  const [weights, bias] = constants.map((node) => {
    const raw = Uint8Array.from(node.attribute![0]!.t!.rawData!);
    return new Float32Array(raw.buffer);
  });
  return { labels: spec.labels, weights: weights!, bias: bias! };
}

function softmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits);
  const parts = logits.map((logit) => Math.exp(logit - most));
  const sum = parts.reduce((a, b) => a + b);
  return parts.map((part) => part / sum);
}

const row = ({ features, width }: BoxFeatures, i: number): Float32Array =>
  features.subarray(i * width, (i + 1) * width);

describe('a linear probe', () => {
  test('is trained on TRAIN, and then runs as a model of its own on TEST', async () => {
    const run = await trained({ modelConfigId: models.vgg, modelName: 'probed' });
    expect(run).toMatchObject({
      name: 'vgg-mini · none · linear probe',
      source: 'EXECUTOR',
      ...{ sampleTotal: 280, sampleDone: 280, evaluation: null },
      training: {
        probe: { features: FEATURES, trainSplit: 'TRAIN', validationSplit: null, validationShare: 0.2, l2: 0.001 },
        modelConfig: { trainedBy: { id: run.id } },
      },
    });
    const params = Object.fromEntries(run.params.map(({ key, value }) => [key, value]));
    expect(params).toMatchObject({ 'probe.l2': '0.001', 'probe.validation': 'share 0.2', 'probe.features': FEATURES });
    const metrics = new Map(run.metrics.map((metric) => [metric.key, metric]));
    expect(metrics.get('train/loss')!.count).toBe(metrics.get('validation/accuracy')!.count);
    expect(metrics.get('train/loss')!.count).toBeGreaterThan(5);
    expect(metrics.get('probe/validation_accuracy')!.last).toBeGreaterThan(0.85);

    // The network is the expensive part, and counts; nothing was predicted, so that there is no INFERENCE.
    expect(run.phaseCosts.map(({ phase }) => phase)).toEqual(['PREPROCESSING', 'TRAINING']);
    const training = run.phaseCosts[1]!;
    expect(training).toMatchObject({ samples: 280, cached: 0, device: 'cpu' });
    const [features, fit] = ['probe/feature_seconds', 'probe/fit_seconds'].map((key) => metrics.get(key)!.last);
    expect(features! + fit!).toBeCloseTo(training.wallSeconds, 6);
    expect(features).toBeGreaterThan(0);
    expect(training.energyJoules).toBeGreaterThan(0);

    const { noneId } = project;
    const plan = { modelConfigIds: [run.training!.modelConfig!.id], restorationConfigIds: [noneId] };
    const [queued] = await stack.client.queueRuns(experimentId, plan);
    const tested = await stack.client.waitForRun(queued!.id);
    expect(tested).toMatchObject({ status: 'FINISHED', sampleDone: 140 });
    expect(tested.evaluation!.accuracy.value).toBeGreaterThan(0.88);

    // Its predictions are those of the weights in its file on the features of the network by itself.
    const head = await headOf(run.training!.modelConfig!.id);
    expect(head.labels).toEqual(LABELS);
    const box = await featuresOf(boxFile('models/vgg-mini.onnx'), FEATURES);
    const scores = await scoresOf(tested.id);
    const test = box.rowsOf((i) => i >= SPLITS.train);
    expect(scores).toHaveLength(test.length);
    test.forEach((of, i) => {
      const x = row(box, of);
      const logits = LABELS.map((_, c) =>
        x.reduce((sum, value, j) => sum + value * head.weights[c * box.width + j]!, head.bias[c]!),
      );
      softmax(logits).forEach((p, c) => expect(scores[i]![c]).toBeCloseTo(p, 5));
    });
  });

  test('without validation finds the head that is the minimum for these features', async () => {
    const run = await trained({ modelConfigId: models.vgg, modelName: 'to the end', validationShare: 0, l2: 0.01 });
    const head = await headOf(run.training!.modelConfig!.id);
    const box = await featuresOf(boxFile('models/vgg-mini.onnx'), FEATURES);
    const rows = Int32Array.from(box.rowsOf((i) => i < SPLITS.train));
    const own = softmaxRegression({ ...box, rows }, { classes: LABELS.length, l2: 0.01 });
    head.weights.forEach((weight, i) => expect(weight).toBeCloseTo(own.weights[i]!, 3));
    // Other trainings have had these features already.
    const [preprocessing, training] = run.phaseCosts;
    expect([preprocessing!.cached, training!.cached]).toEqual([280, 280]);
    expect(preprocessing!.wallSeconds).toBe(0);
  });

  test("takes CLIP's image embeddings, and is repeated by a clone", async () => {
    const run = await trained({ modelConfigId: models.clip, classWeights: 'BALANCED' });
    expect(run.training!.probe.features).toBe('image_embeds');
    const plan = { modelConfigIds: [run.training!.modelConfig!.id], restorationConfigIds: [project.noneId] };
    const [queued] = await stack.client.queueRuns(experimentId, plan);
    const tested = await stack.client.waitForRun(queued!.id);
    expect(tested).toMatchObject({ status: 'FINISHED', modelConfig: { name: 'clip-mini-probe', version: 1 } });
    expect(tested.evaluation!.accuracy.value).toBeGreaterThan(0.85);

    const clone = await mutate(stack, 'cloneRun', { runId: run.id }, '... on CloneRunPayload { run { id } }');
    const { id } = (clone as { run: { id: string } }).run;
    await stack.client.waitForRun(id);
    // The very same head: the model is there already.
    expect((await read(id)).training).toMatchObject({ modelConfig: run.training!.modelConfig! });
  });
});

test('the command trains a probe, waits, and tells the model', async () => {
  const given = ['--project', project.slug, '--dataset', 'Faces', '--model', 'vgg-mini', '--name', 'by command'];
  const how = ['--validation', 'none', '--l2', '0.1', '--class-weights', 'balanced', '--experiment', 'Probes'];
  const { code, out, err } = await samplewise(stack, ['probe', ...given, ...how]);
  expect(err).toBe('');
  expect(out).toMatch(/^Run_\d+ {2}vgg-mini · none · linear probe {2}FINISHED {2}280\/280 samples/);
  expect(out).toMatch(/ {2}trained by command@1 {2}ModelConfig_\d+/);
  expect(out).toContain('training');
  expect(code).toBe(0);
  const wrong = await samplewise(stack, ['probe', ...given, '--features', '/8/8.1/Flatten']);
  expect(wrong.code).toBe(1);
  expect(wrong.err).toContain(`such as '${FEATURES}'`);
});

describe('a probe that can not be trained is refused when it is queued', () => {
  const refused = (input: object, code: string, place: string) => expectProblem(train(input), code, place);

  test('for want of its model, its tensor or its samples', async () => {
    await refused({ modelConfigId: 'ModelConfig_99999' }, 'NOT_FOUND', 'input.modelConfigId');
    const { projectId } = project;
    const external = { kind: 'external', labels: LABELS };
    const { config } = await stack.client.createModelConfig({ projectId, name: 'elsewhere', spec: external });
    await refused({ modelConfigId: config.id }, 'INVALID_VALUE', 'input.modelConfigId');
    const misspelt = train({ modelConfigId: models.vgg, features: '/8/8.1/Flatten_output' });
    await expect(misspelt).rejects.toThrow(FEATURES);
    await expectProblem(misspelt, 'MODEL_OUTPUT_MISMATCH', 'input.features');
    await refused({ modelConfigId: models.vgg, trainSplit: 'VALIDATION' }, 'EMPTY_SOURCE', 'input.trainSplit');
    await refused(
      { modelConfigId: models.vgg, validationSplit: 'VALIDATION' },
      'EMPTY_SOURCE',
      'input.validationSplit',
    );
    await refused({ modelConfigId: models.vgg, validationSplit: 'TRAIN' }, 'INVALID_VALUE', 'input.validationSplit');
    await refused({ modelConfigId: models.vgg, l2: -1 }, 'INVALID_VALUE', 'input.l2');
    const both = { validationSplit: 'TEST', validationShare: 0.1 };
    await refused({ modelConfigId: models.vgg, ...both }, 'INVALID_VALUE', 'input.validationShare');
    const empty = await stack.client.createExperiment({
      projectId,
      name: 'empty',
      datasetVersionId: project.datasetVersionId,
    });
    await stack.pool.query('UPDATE experiment SET dataset_version_id = NULL WHERE id = $1', [empty.id.split('_')[1]]);
    await refused({ experimentId: empty.id, modelConfigId: models.vgg }, 'INVALID_VALUE', 'input.experimentId');
  });

  test('on labels that are hidden, or were hidden since', async () => {
    const row = project.datasetVersionId.split('_')[1];
    const hide = (split: string) =>
      stack.pool.query(
        `INSERT INTO hidden_labels (version_id, split, salt, commitment) VALUES ($1, $2, repeat('0', 64), repeat('0', 64))`,
        [row, split],
      );
    await hide('TEST');
    await refused({ modelConfigId: models.vgg, validationSplit: 'TEST' }, 'LABELS_HIDDEN', 'input.validationSplit');
    await end(executor); // so that it waits
    const { run } = (await train({ modelConfigId: models.vgg })) as { run: { id: string } };
    await hide('TRAIN');
    executor = await stack.startExecutor();
    expect(await stack.client.waitForRun(run.id)).toMatchObject({
      ...{ status: 'FAILED', failure: { code: 'LABELS_HIDDEN' }, training: { modelConfig: null } },
    });
    await stack.pool.query('DELETE FROM hidden_labels');
  });

  test('when all samples to learn from are of one class', async () => {
    const { projectId, datasetVersionId } = project;
    const row = datasetVersionId.split('_')[1];
    await stack.pool.query(
      `UPDATE sample SET split = 'VALIDATION' WHERE version_id = $1 AND split = 'TRAIN' AND label = 0 AND index % 2 = 0`,
      [row],
    );
    const single = { modelConfigId: models.vgg, trainSplit: 'VALIDATION', validationShare: 0 };
    await expectProblem(train(single), 'INVALID_VALUE', 'input.trainSplit');
    await stack.pool.query(`UPDATE sample SET split = 'TRAIN' WHERE version_id = $1 AND split = 'VALIDATION'`, [row]);
    expect(projectId).toMatch(/^Project_/);
  });
});

test('the box has what this test says of it', async () => {
  const bytes = await readFile(boxFile('models/vgg-mini.onnx'));
  expect(proto.onnx.ModelProto.decode(bytes).graph!.node!.at(-1)!.input![0]).toBe(FEATURES);
});
