import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { Run } from '@samplewise/client';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tinyClassifier } from '../../packages/executor/test/support/tiny-onnx.ts';
import { tinyDetector, tinyFaceNetwork } from '../../packages/executor/test/support/tiny-restorers.ts';
import { startStack, type Stack } from '../setup/stack.ts';
import { tinyProject } from '../setup/tiny-dataset.ts';

const LABELS = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'];

let stack: Stack;
let project: Awaited<ReturnType<typeof tinyProject>>;
let modelId: string;

beforeAll(async () => {
  stack = await startStack();
  await stack.startExecutor();
  project = await tinyProject(stack.client, 'Restored faces');
  const spec = {
    kind: 'onnx-classifier',
    weights: await upload(tinyClassifier({ input: ['N', 1, 48, 48], classes: 7, then: 'softmax' })),
    labels: LABELS,
    input: { width: 48, height: 48, colour: 'GRAY' },
    output: { activation: 'probabilities' },
  };
  const { projectId } = project;
  modelId = (await stack.client.createModelConfig({ projectId, name: 'tiny', spec })).config.id;
});
afterAll(() => stack.stop());

async function upload(bytes: Uint8Array): Promise<{ digest: string }> {
  const { digest } = await stack.client.upload(Readable.from([bytes]));
  return { digest };
}

const register = (name: string, steps: object[]) =>
  stack.client.createRestorationConfig({ projectId: project.projectId, name, steps });

async function runWith(restorationConfigId: string): Promise<Run> {
  const { projectId, datasetVersionId } = project;
  const name = `${restorationConfigId} ${Math.random()}`;
  const plan = { modelConfigIds: [modelId], restorationConfigIds: [restorationConfigId] };
  const experiment = await stack.client.createExperiment({ projectId, name, datasetVersionId, plan });
  const [queued] = await stack.client.queueRuns(experiment.id);
  return stack.client.waitForRun(queued!.id);
}

interface Step {
  step: number;
  kind: string;
  image: { url: string; mediaType: string };
  faces: number | null;
  quality: {
    psnr: number | null;
    ssim: number | null;
    before: Record<string, number>;
    after: Record<string, number>;
  };
}

const STEPS = `{ step kind faces image { url mediaType }
  quality { psnr ssim before { brightness contrast sharpness noise } after { brightness contrast sharpness noise } } }`;

async function restorationsOf(run: Run) {
  const { node } = (await stack.client.query(
    `query ($id: ID!) { node(id: $id) { ... on Run { metrics { key last } predictions { edges { node {
      status restoredImage { url } restoration ${STEPS} } } } } } }`,
    { id: run.id },
  )) as {
    node: {
      metrics: { key: string; last: number }[];
      predictions: { edges: { node: { status: string; restoredImage: { url: string }; restoration: Step[] } }[] };
    };
  };
  return {
    metrics: Object.fromEntries(node.metrics.map(({ key, last }) => [key, last])),
    predictions: node.predictions.edges.map((edge) => edge.node),
  };
}

const preprocessing = ({ phaseCosts }: Run) => phaseCosts.find(({ phase }) => phase === 'PREPROCESSING')!;

describe('a run with a chain of steps', () => {
  let restorationId: string;
  let first: Run;

  beforeAll(async () => {
    const gfpgan = { kind: 'gfpgan', mode: 'whole', weights: await upload(tinyFaceNetwork({ does: 'white' })) };
    const steps = [
      { kind: 'gamma', gamma: 2 },
      { ...gfpgan, blend: 0.5, upscale: 2 },
    ];
    restorationId = (await register('brighter', steps)).config.id;
    first = await runWith(restorationId);
  });

  test('finishes, and shows what every step made of each picture, with what it changed', async () => {
    expect(first).toMatchObject({ status: 'FINISHED', sampleDone: 3, failure: null });
    const { predictions } = await restorationsOf(first);
    expect(predictions).toHaveLength(3);
    for (const { status, restoredImage, restoration } of predictions) {
      expect(status).toBe('PREDICTED');
      expect(restoration.map(({ step, kind, faces }) => [step, kind, faces])).toEqual([
        [0, 'gamma', null],
        [1, 'gfpgan', null],
      ]);
      expect(restoration[1]!.image.url).toBe(restoredImage.url);
      const [gamma, face] = restoration.map(({ quality }) => quality);
      expect(gamma!.after).toEqual(face!.before);
      expect(Math.abs(face!.after.brightness! - (face!.before.brightness! + 255) / 2)).toBeLessThanOrEqual(1);
      expect(face!.ssim).toBeLessThan(1);
    }
    const picture = await fetch(stack.apiUrl + predictions[0]!.restoredImage.url);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(await sharp(await picture.arrayBuffer()).metadata()).toMatchObject({ width: 96, height: 96 });
  });

  test('logs the mean change of each figure as a metric of the run', async () => {
    const { metrics, predictions } = await restorationsOf(first);
    const changes = predictions.map(({ restoration }) =>
      restoration.reduce((sum, { quality }) => sum + quality.after.brightness! - quality.before.brightness!, 0),
    );
    const mean = changes.reduce((sum, change) => sum + change, 0) / changes.length;
    expect(metrics['restoration/brightness_change']).toBeCloseTo(mean, 3);
    expect(metrics['restoration/contrast_change']).toBeCloseTo(0, 3);
    expect(metrics).not.toHaveProperty(['restoration/samples_with_faces']);
  });

  test('shows the same of a sample, in whatever run it is looked at', async () => {
    const { predictions } = await restorationsOf(first);
    const { node } = (await stack.client.query(
      `query ($version: ID!, $restoration: ID!) { node(id: $version) { ... on DatasetVersion { samples(first: 1) {
        edges { node { restoration(restorationConfigId: $restoration) ${STEPS} } } } } } }`,
      { version: project.datasetVersionId, restoration: restorationId },
    )) as { node: { samples: { edges: { node: { restoration: Step[] } }[] } } };
    expect(node.samples.edges[0]!.node.restoration).toEqual(predictions[0]!.restoration);
  });

  test('is read from the cache the second time: neither the original nor the restorer is touched', async () => {
    const counts = 'SELECT (SELECT count(*) FROM restored_image) AS pictures, (SELECT count(*) FROM blob) AS blobs';
    const before = (await stack.pool.query(counts)).rows;
    const { rows } = await stack.pool.query<{ digest: string }>('SELECT DISTINCT digest FROM sample');
    for (const { digest } of rows) {
      await rm(path.join(stack.storage, digest.slice(0, 2), digest.slice(2, 4), digest));
    }
    const second = await runWith(restorationId);
    expect(second).toMatchObject({ status: 'FINISHED', sampleDone: 3 });
    expect(preprocessing(first)).toMatchObject({ samples: 3, cached: 0 });
    expect(preprocessing(second)).toMatchObject({ samples: 3, cached: 3 });
    expect(preprocessing(second).wallSeconds).toBeLessThan(preprocessing(first).wallSeconds);
    expect((await restorationsOf(second)).predictions).toEqual((await restorationsOf(first)).predictions);
    expect((await stack.pool.query(counts)).rows).toEqual(before);
    // For the tests that follow.
    const { datasetVersionId } = await tinyProject(stack.client, 'Restored faces, again');
    expect(datasetVersionId).not.toBe(project.datasetVersionId);
  });
});

describe('a run that looks for faces', () => {
  const faces = async (found: Parameters<typeof tinyDetector>[0]) => ({
    kind: 'gfpgan',
    mode: 'faces',
    size: 64,
    weights: await upload(tinyFaceNetwork({ size: 64, does: 'white' })),
    detector: { weights: await upload(tinyDetector(found)) },
  });

  test('says how many were restored in each picture, and in how many pictures there were any', async () => {
    const box = { box: [0.1, 0.1, 0.5, 0.5], score: 0.9 } as const;
    const run = await runWith((await register('one face', [await faces([box])])).config.id);
    expect(run).toMatchObject({ status: 'FINISHED' });
    const { metrics, predictions } = await restorationsOf(run);
    expect(predictions.map(({ restoration }) => restoration[0]!.faces)).toEqual([1, 1, 1]);
    expect(metrics['restoration/samples_with_faces']).toBe(1);
    expect(metrics['restoration/brightness_change']).toBeGreaterThan(1);
  });

  test('and finds none leaves the pictures alone, and says so', async () => {
    const run = await runWith((await register('no face', [await faces([])])).config.id);
    const { metrics, predictions } = await restorationsOf(run);
    for (const { restoration } of predictions) {
      expect(restoration[0]!.faces).toBe(0);
      expect(restoration[0]!.quality).toMatchObject({ psnr: null });
      expect(restoration[0]!.quality.after).toEqual(restoration[0]!.quality.before);
    }
    expect(metrics['restoration/samples_with_faces']).toBe(0);
    expect(metrics['restoration/sharpness_change']).toBe(0);
  });
});

describe('a restoration that does not fit', () => {
  test('is refused when it is registered, naming the field', async () => {
    const weights = await upload(tinyFaceNetwork({ size: 64 }));
    const step = { kind: 'gfpgan', mode: 'faces', weights, detector: { weights: { digest: 'e'.repeat(64) } } };
    const refused = async (steps: object[]) => {
      const error: unknown = await register('wrong', steps).catch((e: unknown) => e);
      return (error as { problems: { place: string }[] }).problems.map(({ place }) => place);
    };
    expect(await refused([{ kind: 'gamma', gamma: 1 }, step])).toEqual(['input.steps.1.detector.weights.digest']);
    expect(await refused([{ ...step, upscale: 99 }])).toEqual(['input.steps.0.upscale']);
    expect(await refused([{ kind: 'clahe', width: 0, height: 8 }])).toEqual(['input.steps.0.width']);
    // Of the files.
    const whole = { kind: 'gfpgan', mode: 'whole', size: 512, weights };
    expect(await refused([{ kind: 'gamma', gamma: 1 }, whole])).toEqual(['input.steps.1.size']);
    expect(await refused([{ ...whole, weights: await upload(Buffer.from('not a network')) }])).toEqual([
      'input.steps.0.weights',
    ]);
  });

  test('because its network gives what is no number fails the run with the reason', async () => {
    const weights = await upload(tinyFaceNetwork({ size: 64, does: 'nan' }));
    const { config } = await register('no number', [{ kind: 'gfpgan', mode: 'whole', size: 64, weights }]);
    expect(await runWith(config.id)).toMatchObject({
      ...{ status: 'FAILED', sampleDone: 0 },
      failure: { code: 'MODEL_OUTPUT_MISMATCH', place: 'steps.0.weights' },
    });
  });
});
