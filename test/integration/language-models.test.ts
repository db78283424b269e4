import type { InvalidInput } from '@samplewise/domain';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { respond, say, startChatServer, type ChatServer } from '../../packages/executor/test/support/chat-server.ts';
import {
  tinyPhi3VisionSpec,
  writeTinyPhi3Vision,
} from '../../packages/executor/test/support/tiny-phi3-vision/write.ts';
import { ask } from '../setup/ask.ts';
import { noiseProject } from '../setup/noise.ts';
import { startStack, type Stack } from '../setup/stack.ts';
import { tinyProject } from '../setup/tiny-dataset.ts';

const KEY = 'the-key-of-the-operator';
const LABELS = ['angry', 'disgust', 'fear', 'happy', 'neutral', 'sad', 'surprise'];

let stack: Stack;
let server: ChatServer;
let folder: string;
let project: Awaited<ReturnType<typeof tinyProject>>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-phi3-'));
  server = await startChatServer((response) => say(response, 'happy'));
  stack = await startStack();
  await stack.startExecutor({
    SAMPLEWISE_MODEL_ENDPOINTS: server.origin,
    SAMPLEWISE_MODEL_KEY_TEST: KEY,
    LOG_LEVEL: 'silent',
  });
  project = await tinyProject(stack.client, 'Language models');
});
afterAll(async () => {
  await stack.stop();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function register(name: string, spec: unknown): Promise<string> {
  const { config } = await stack.client.createModelConfig({ projectId: project.projectId, name, spec });
  return config.id;
}

/** Registers the model and runs it to its end on three samples: angry, happy and neutral. */
async function runOf(name: string, spec: unknown) {
  const { client } = stack;
  const { projectId, datasetVersionId, noneId } = project;
  const plan = { modelConfigIds: [await register(name, spec)], restorationConfigIds: [noneId] };
  const experiment = await client.createExperiment({ projectId, name, datasetVersionId, plan });
  const [queued] = await client.queueRuns(experiment.id);
  return client.waitForRun(queued!.id);
}

const endpointSpec = (runtime: object = {}, more: object = {}) => ({
  kind: 'vlm-prompt',
  labels: LABELS,
  synonyms: { angry: ['furious'] },
  prompt: 'Which emotion is it? {labels}',
  runtime: {
    ...{ type: 'openai', endpoint: server.endpoint, model: 'phi3.5', concurrency: 1, retries: 1 },
    ...runtime,
  },
  ...more,
});

interface Answered {
  predicted: string | null;
  status: string;
  confidence: number | null;
  scores: unknown[];
  rawText: string | null;
  answer: { promptTokens: number; completionTokens: number; requests: number } | null;
}

async function predictionsOf(run: { id: string }): Promise<Answered[]> {
  const { data } = await ask(
    stack,
    `query ($id: ID!) { node(id: $id) { ... on Run { predictions { edges { node {
      predicted status confidence scores { label } rawText answer { promptTokens completionTokens requests }
    } } } } } }`,
    { id: run.id },
  );
  const { predictions } = data!.node as { predictions: { edges: { node: Answered }[] } };
  return predictions.edges.map((edge) => edge.node);
}

describe('a run of a language model', () => {
  test('behind an endpoint stores what it answered, what was read of it, and what it took', async () => {
    const logprobs: [string, number][] = [
      ['A ', -1],
      ['furious', Math.log(0.5)],
      [' man', -1],
    ];
    server.behave = (r, _, n) =>
      n === 0
        ? say(r, 'A furious man', { logprobs })
        : n === 1
          ? respond(r, 503, 'busy')
          : say(r, n === 2 ? 'Happy!' : '?');
    server.asked.length = 0;
    const run = await runOf('answers', endpointSpec({ apiKeyVariable: 'SAMPLEWISE_MODEL_KEY_TEST', logprobs: true }));
    expect(run).toMatchObject({ status: 'FINISHED', sampleDone: 3, failure: null });
    expect(run.evaluation!.accuracy.value).toBeCloseTo(2 / 3);
    expect(server.asked.map((a) => a.authorization)).toEqual(new Array(4).fill(`Bearer ${KEY}`));
    const [angry, happy, unclear] = await predictionsOf(run);
    const took = { promptTokens: 700, completionTokens: 3, requests: 1 };
    expect(angry).toMatchObject({ predicted: 'angry', status: 'PREDICTED', rawText: 'A furious man', answer: took });
    expect(angry!.confidence).toBeCloseTo(0.5);
    expect(angry!.scores).toEqual([]);
    expect(happy).toMatchObject({ predicted: 'happy', rawText: 'Happy!', confidence: null, answer: { requests: 2 } });
    expect(unclear).toMatchObject({ predicted: null, status: 'UNPARSEABLE', rawText: '?' });
    const { data } = await ask(
      stack,
      'query ($id: ID!) { node(id: $id) { ... on Run { phaseCosts { phase device } } } }',
      { id: run.id },
    );
    expect(data).toMatchObject({
      node: {
        phaseCosts: [
          { phase: 'PREPROCESSING', device: 'cpu' },
          { phase: 'INFERENCE', device: 'server' },
          { phase: 'EVALUATION', device: 'cpu' },
        ],
      },
    });
  });

  test('ends when its budget is used up, and keeps what was answered', async () => {
    server.behave = (r) => say(r, 'happy');
    const run = await runOf('poor', endpointSpec({}, { budget: { requests: 2 } }));
    expect(run).toMatchObject({ status: 'FAILED', sampleDone: 3, failure: { code: 'BUDGET_USED_UP' } });
    expect((await predictionsOf(run)).map((p) => p.status)).toEqual(['PREDICTED', 'PREDICTED', 'FAILED']);
  });

  test('of many shards spends no more than its budget, although several are taken at once', async () => {
    server.behave = (r) => say(r, 'happy');
    server.asked.length = 0;
    const noise = await noiseProject(stack.client, 'Spendthrift', 700);
    const spec = endpointSpec({ concurrency: 8 }, { budget: { requests: 300 } });
    const { config } = await stack.client.createModelConfig({ projectId: noise.projectId, name: 'poor', spec });
    const run = await stack.client.waitForRun(await noise.queueModel(config.id, 'poor'));
    expect(run).toMatchObject({ status: 'FAILED', failure: { code: 'BUDGET_USED_UP' } });
    expect(server.asked).toHaveLength(300);
  });

  test.each([
    ['asks where it may not', { endpoint: 'http://127.0.0.1:9/v1' }, 'runtime.endpoint'],
    ['names a key that is not there', { apiKeyVariable: 'SAMPLEWISE_MODEL_KEY_OTHER' }, 'runtime.apiKeyVariable'],
  ])('that %s fails at once, and nobody is asked', async (name, runtime, place) => {
    server.asked.length = 0;
    const run = await runOf(name, endpointSpec(runtime));
    expect(run).toMatchObject({ status: 'FAILED', failure: { code: 'ENDPOINT_REFUSED', place } });
    expect(server.asked).toEqual([]);
  });

  test('in process gives the same answers each time', async () => {
    const tiny = await writeTinyPhi3Vision(folder, LABELS);
    for (const { file } of tiny.files) await stack.client.upload(file);
    const spec = tinyPhi3VisionSpec(tiny, LABELS, { maxTokens: 2 });
    const runs = [await runOf('phi once', spec), await runOf('phi again', spec)];
    expect(runs.map((run) => run.status)).toEqual(['FINISHED', 'FINISHED']);
    const [first, second] = await Promise.all(runs.map(predictionsOf));
    expect(first!.every((p) => p.rawText !== '' && p.answer!.promptTokens > 757)).toBe(true);
    expect(second).toEqual(first);
  });

  test('in process is refused when it is registered without a file that its graph needs', async () => {
    const tiny = await writeTinyPhi3Vision(folder, LABELS);
    const files = tiny.files.filter((file) => !file.path.endsWith('_data'));
    const error = await register('incomplete', tinyPhi3VisionSpec({ files }, LABELS)).catch((e: unknown) => e);
    expect((error as InvalidInput).problems).toMatchObject([
      { code: 'MODEL_MALFORMED', place: 'input.spec.runtime.files', value: 'onnx/model.onnx_data' },
    ]);
  });
});

test('an external model is registered, and can not be queued', async () => {
  const { projectId, datasetVersionId, noneId } = project;
  const id = await register('elsewhere', { kind: 'external', labels: LABELS, description: 'Runs on our cluster.' });
  const plan = { modelConfigIds: [id], restorationConfigIds: [noneId] };
  const work = stack.client.createExperiment({ projectId, name: 'external', datasetVersionId, plan });
  await expect(work).rejects.toThrow('no executor can run it');
});
