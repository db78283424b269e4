import { boxFile, MODELS, RESTORER } from '@samplewise/demo';
import { createClient } from 'graphql-sse';
import type { ChildProcess } from 'node:child_process';
import { readFile, utimes } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, expectProblem, mutate } from '../setup/ask.ts';
import { failingModel } from '../setup/models.ts';
import { noiseProject, rowOf, type NoiseProject } from '../setup/noise.ts';
import { end, startStack, until, type Stack } from '../setup/stack.ts';
import { blobFile, isStored, upload } from '../setup/uploads.ts';

let stack: Stack;
let executor: ChildProcess;
let noise: NoiseProject;
let projectId: string;
let modelConfigId: string;
let restorationConfigId: string;
let face: Buffer;

beforeAll(async () => {
  stack = await startStack();
  executor = await stack.startExecutor({ SAMPLEWISE_EXECUTOR_NAME: 'the one' });
  noise = await noiseProject(stack.client, 'Trials', 800);
  ({ projectId } = noise);
  modelConfigId = (await register('resnet-mini')).id;
  const { digest } = await stack.client.upload(boxFile(RESTORER.file));
  const { config } = await stack.client.createRestorationConfig({
    projectId,
    name: RESTORER.name,
    steps: RESTORER.steps(digest),
  });
  restorationConfigId = config.id;
  face = await readFile(boxFile('synthetic-faces/degraded/happy/003.png'));
});
afterAll(() => stack.stop());

async function register(name: string): Promise<{ id: string; spec: object }> {
  const boxed = MODELS.find((model) => model.name === name)!;
  const digests = await Promise.all(boxed.files.map(async (file) => (await stack.client.upload(boxFile(file))).digest));
  const spec = boxed.spec(digests);
  const { config } = await stack.client.createModelConfig({ projectId, name, spec });
  return { id: config.id, spec };
}

interface Trial {
  id: string;
  status: string;
  ahead: number;
  image: { digest: string; mediaType: string };
  failure: { code: string; place: string | null; mend: string | null } | null;
  result: {
    width: number;
    height: number;
    cachedSteps: number;
    loadSeconds: number;
    executor: string;
    prediction: {
      predicted: string;
      confidence: number;
      latencyMicros: number;
      scores: { label: string; score: number }[];
    } | null;
  } | null;
  restoration: { kind: string; image: { digest: string; url: string }; quality: { psnr: number } }[];
}

const FIELDS = `id status ahead image { digest mediaType } failure { code place mend }
  result { width height cachedSteps loadSeconds executor prediction { predicted confidence latencyMicros scores { label score } } }
  restoration { kind image { digest url } quality { psnr } }`;

async function queue(bytes: Uint8Array, input: object): Promise<Trial> {
  const imageDigest = await upload(stack, bytes);
  const fields = `... on TryImagePayload { trial { ${FIELDS} } }`;
  const payload = await mutate(stack, 'tryImage', { projectId, imageDigest, ...input }, fields);
  return (payload as { trial: Trial }).trial;
}

/** Follows a trial to its end, as a page does. @returns each state that was told */
function follow(id: string): Promise<Trial[]> {
  const client = createClient({ url: `${stack.apiUrl}/graphql/stream` });
  const states: Trial[] = [];
  return new Promise((resolve, reject) => {
    client.subscribe(
      { query: `subscription { trialChanged(trialId: "${id}") { ${FIELDS} } }` },
      {
        next: ({ data }) => states.push((data as { trialChanged: Trial }).trialChanged),
        error: reject,
        complete: () => {
          client.dispose();
          resolve(states);
        },
      },
    );
  });
}

const tryOut = async (bytes: Uint8Array, input: object): Promise<Trial> =>
  (await follow((await queue(bytes, input)).id)).at(-1)!;

/** Another picture each time. */
let pictures = 0;
const picture = (side = 48): Promise<Buffer> => {
  const background = { r: ++pictures, g: 90, b: 30 };
  return sharp({ create: { width: side, height: side, channels: 3, background } })
    .jpeg()
    .toBuffer();
};

describe('a model on one picture', () => {
  test('gives what a run gives for the same sample', async () => {
    const runId = await noise.queue('resnet-mini', 'the same');
    await stack.client.waitForRun(runId);
    const { data } = await ask(
      stack,
      `{ node(id: "${runId}") { ... on Run { predictions(first: 1) { edges { node {
          predicted confidence sample { image { digest } } scores { label score } } } } } } }`,
    );
    const [{ node }] = (data as { node: { predictions: { edges: [{ node: Sampled }] } } }).node.predictions.edges;
    const bytes = await readFile(blobFile(stack, node.sample.image.digest));
    const trial = await tryOut(bytes, { modelConfigId });
    expect(trial).toMatchObject({ status: 'FINISHED', failure: null, restoration: [] });
    expect(trial.result).toMatchObject({ width: 48, height: 48, cachedSteps: 0, executor: 'the one' });
    const { prediction } = trial.result!;
    expect(prediction!.predicted).toBe(node.predicted);
    expect(prediction!.confidence).toBeCloseTo(node.confidence, 6);
    for (const { label, score } of node.scores) {
      expect(prediction!.scores.find((s) => s.label === label)!.score).toBeCloseTo(score, 6);
    }
    expect(prediction!.latencyMicros).toBeGreaterThan(0);
  });

  test('is restored first where that is asked for, and the picture shown; the second time it is there already', async () => {
    const first = await tryOut(face, { modelConfigId, restorationConfigId });
    const { result, restoration, image } = first;
    expect(result).toMatchObject({ cachedSteps: 0, prediction: { predicted: expect.any(String) as string } });
    expect(image.mediaType).toBe('image/png');
    expect(restoration).toHaveLength(1);
    expect(restoration[0]!.quality.psnr).toBeGreaterThan(10);
    const shown = await fetch(`${stack.apiUrl}${restoration[0]!.image.url}`);
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect(await sharp(Buffer.from(await shown.arrayBuffer())).metadata()).toMatchObject({ width: 96, height: 96 });
    const second = await tryOut(face, { modelConfigId, restorationConfigId });
    expect(second.result).toMatchObject({ cachedSteps: 1, prediction: { scores: result!.prediction!.scores } });
    // The process was warm.
    expect(second.result!.loadSeconds).toBeLessThan(result!.loadSeconds / 2);
  }); // prettier-ignore

  test('may be one that is not registered yet, whose fields are checked as if it were', async () => {
    const { spec } = await register('vgg-mini');
    expect(await tryOut(await picture(), { model: spec })).toMatchObject({ status: 'FINISHED' });
    const wrong = { ...spec, input: { width: 64, height: 48 } };
    await expectProblem(queue(face, { model: wrong }), 'MODEL_INPUT_MISMATCH', 'input.model.input.width');
    await expectProblem(queue(face, { model: { kind: 'x' } }), 'INVALID_VALUE', 'input.model.kind');
  });

  test('does not wait for the runs that wait, nor for the one at work', async () => {
    const runs = await noise.queueMany('efficientnet-mini', 'long', 40);
    await until(async () => ((await stack.client.run(runs[0]!)).sampleDone > 0 ? true : undefined), 60, 'its start');
    const trial = await tryOut(await picture(), { modelConfigId });
    const { rows } = await stack.pool.query<{ open: number }>(
      `SELECT count(*)::int AS open FROM run WHERE id = ANY($1) AND status IN ('QUEUED', 'RUNNING')`,
      [runs.map(rowOf)],
    );
    expect(rows[0]!.open).toBeGreaterThan(1);
    expect(trial.status).toBe('FINISHED');
    // From the end, so that none is overtaken by its own end.
    for (const runId of runs.toReversed()) {
      const { status } = await stack.client.run(runId);
      if (status !== 'QUEUED') await stack.client.waitForRun(runId);
      else await mutate(stack, 'cancelRun', { runId }, '... on CancelRunPayload { run { id } }');
    }
  });
});

interface Sampled {
  predicted: string;
  confidence: number;
  scores: { label: string; score: number }[];
  sample: { image: { digest: string } };
}

test('a restoration alone is tried step by step, before it is registered', async () => {
  const steps = [
    { kind: 'resize', factor: 2 },
    { kind: 'unsharp', sigma: 1 },
  ];
  const { result, restoration } = await tryOut(await picture(50), { steps });
  expect(result).toMatchObject({ width: 50, height: 50, prediction: null });
  expect(restoration.map(({ kind }) => kind)).toEqual(['resize', 'unsharp']);
  await expectProblem(queue(face, { steps: [{ kind: 'gamma', gamma: 99 }] }), 'INVALID_VALUE', 'input.steps.0.gamma');
});

describe('a trial that can not be', () => {
  const png = (width: number): Promise<Buffer> =>
    sharp({ create: { width, height: 1, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
  test.each<[string, () => Promise<Buffer>, string]>([
    ['an SVG', () => Promise.resolve(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')), 'UNSUPPORTED_IMAGE'],
    ['no picture', () => Promise.resolve(Buffer.from('hello')), 'UNSUPPORTED_IMAGE'],
    ['empty', () => Promise.resolve(Buffer.alloc(0)), 'MALFORMED_IMAGE'],
    ['cut off', async () => (await picture(300)).subarray(0, 700), 'MALFORMED_IMAGE'],
    ['too wide', () => png(9000), 'IMAGE_TOO_LARGE'],
  ])('because its picture is %s fails by that name', async (_what, bytes, code) => {
    const trial = await tryOut(await bytes(), { modelConfigId, fileName: 'mine.png' });
    expect(trial).toMatchObject({ status: 'FAILED', result: null, failure: { code, place: 'mine.png' } });
  });

  test('because the model gives what is no number says so', async () => {
    const spec = failingModel.spec(await upload(stack, failingModel.bytes));
    const trial = await tryOut(await picture(), { model: spec });
    expect(trial).toMatchObject({ status: 'FAILED', failure: { code: 'MODEL_OUTPUT_MISMATCH' } });
  });

  test('because it would grow too large when it is restored says so', async () => {
    const steps = [8, 8, 8].map((factor) => ({ kind: 'resize', factor }));
    const trial = await tryOut(await picture(300), { steps });
    expect(trial).toMatchObject({ status: 'FAILED', failure: { code: 'IMAGE_TOO_LARGE', place: 'restoration' } });
  });

  test('is not queued', async () => {
    await expectProblem(queue(face, {}), 'INVALID_VALUE', 'input');
    await expectProblem(queue(face, { modelConfigId, imageDigest: '0'.repeat(64) }), 'NOT_FOUND', 'input.imageDigest');
    const external = { kind: 'external', labels: ['a', 'b'] };
    await expectProblem(queue(face, { model: external }), 'INVALID_VALUE', 'input.modelConfigId');
    const other = await noiseProject(stack.client, 'Another', 1);
    const elsewhere = { projectId: other.projectId, modelConfigId };
    await expectProblem(queue(face, elsewhere), 'NOT_FOUND', 'input.modelConfigId');
  });
});

describe('trials', () => {
  test('are few at a time for each who asks, and wait in their order', async () => {
    await end(executor);
    const queued = [];
    for (let i = 0; i < 4; i++) queued.push(await queue(await picture(), { modelConfigId }));
    expect(queued.map(({ ahead }) => ahead)).toEqual([0, 1, 2, 3]);
    await expectProblem(queue(face, { modelConfigId }), 'CONFLICT', 'input');
    executor = await stack.startExecutor();
    for (const { id } of queued) expect((await follow(id)).at(-1)!.status).toBe('FINISHED');
  });

  test('are gone after an hour, with what was made of their pictures, but not what a run made of its samples', async () => {
    const alone = await tryOut(await picture(), { steps: [{ kind: 'gamma', gamma: 2 }] });
    const young = await tryOut(await picture(), { steps: [{ kind: 'gamma', gamma: 2 }] });
    const { rows } = await stack.pool.query<{ digest: string }>('SELECT digest FROM sample LIMIT 1');
    const sample = rows[0]!.digest;
    const ofSample = await tryOut(await readFile(blobFile(stack, sample)), { steps: [{ kind: 'gamma', gamma: 2 }] });
    const made = [alone, ofSample, young].map(({ restoration }) => restoration[0]!.image.digest);
    await stack.pool.query(
      `UPDATE trial SET created_at = now() - interval '2 hours' WHERE id = ANY($1)`,
      [[alone, ofSample].map(({ id }) => id.slice('Trial_'.length))],
    );
    const then = new Date(Date.now() - 48 * 3600 * 1000);
    const digests = [...made, alone.image.digest, young.image.digest];
    await stack.pool.query('UPDATE blob SET created_at = $2 WHERE digest = ANY($1)', [digests, then]);
    for (const digest of digests) await utimes(blobFile(stack, digest), then, then);
    await end(executor);
    executor = await stack.startExecutor({ LOG_LEVEL: 'info' });
    await until(async () => ((await isStored(stack, alone.image.digest)) ? undefined : true), 20, 'the collection');
    const gone = await ask(stack, `{ nodes(ids: ["${alone.id}", "${ofSample.id}", "${young.id}"]) { id } }`);
    expect(gone.data).toEqual({ nodes: [null, null, { id: young.id }] });
    await until(async () => ((await isStored(stack, made[0]!)) ? undefined : true), 20, 'that of what was restored');
    expect(await Promise.all(digests.map((digest) => isStored(stack, digest)))).toEqual([false, true, true, false, true]);
  }); // prettier-ignore
});
