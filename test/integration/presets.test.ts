import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { efficientNetB0 } from '../../packages/executor/test/support/efficientnet-b0.ts';
import { tinyFaceNetwork } from '../../packages/executor/test/support/tiny-restorers.ts';
import { writeTinyPhi3Vision } from '../../packages/executor/test/support/tiny-phi3-vision/write.ts';
import { ask } from '../setup/ask.ts';
import { samplewise as command } from '../setup/command.ts';
import { startStack, type Stack } from '../setup/stack.ts';
import { tinyProject } from '../setup/tiny-dataset.ts';

let stack: Stack;
let folder: string;
let network: string;
let project: Awaited<ReturnType<typeof tinyProject>>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-presets-'));
  network = path.join(folder, 'efficientnet.onnx');
  await writeFile(network, efficientNetB0(7).bytes);
  stack = await startStack();
  await stack.startExecutor();
  project = await tinyProject(stack.client, 'Presets');
});
afterAll(async () => {
  await stack.stop();
  await rm(folder, { recursive: true, force: true });
});

const samplewise = (...args: string[]) => command(stack, args, { SAMPLEWISE_CACHE: path.join(folder, 'cache') });

const add = (preset: string, ...more: string[]) =>
  samplewise('models', 'add', preset, '--project', project.slug, ...more);

async function specOf(id: string) {
  const { data } = await ask(stack, 'query ($id: ID!) { node(id: $id) { ... on ModelConfig { kind spec } } }', { id });
  return data!.node as { kind: string; spec: Record<string, unknown> };
}

const idIn = (out: string): string => /ModelConfig_\d+/.exec(out)![0];

describe('presets from the command line', () => {
  test('are listed with what their files are trusted for', async () => {
    const { out } = await samplewise('models', 'presets');
    expect(out).toMatch(/efficientnet-b0-torchvision .*your file/);
    expect(out).toMatch(/clip-vit-b-32 .*pinned at first download/);
    expect(out).toMatch(/gfpgan-v1\.4 .*SHA-256 as published/);
  });

  test('make a network of yours a model that runs, with the preprocessing of its kind', async () => {
    const { code, out } = await add('efficientnet-b0-torchvision', '--file', network);
    expect(code).toBe(0);
    const { kind, spec } = await specOf(idIn(out));
    expect(kind).toBe('ONNX_CLASSIFIER');
    expect(spec.input).toMatchObject({ width: 224, shortSide: 256, resize: 'cubic', mean: [0.485, 0.456, 0.406] });
    const { projectId, datasetVersionId, noneId } = project;
    const plan = { modelConfigIds: [idIn(out)], restorationConfigIds: [noneId] };
    const experiment = await stack.client.createExperiment({ projectId, name: 'one', datasetVersionId, plan });
    const [queued] = await stack.client.queueRuns(experiment.id);
    expect(await stack.client.waitForRun(queued!.id)).toMatchObject({ status: 'FINISHED', sampleDone: 3 });
  });

  test('refuse a file that does not fit before it is sent', async () => {
    const blobs = () => stack.pool.query('SELECT digest FROM blob ORDER BY digest');
    const { rows: before } = await blobs();
    const { code, err } = await add('efficientnet-b0-keras', '--file', network, '--labels', 'a,b');
    expect(code).toBe(1);
    expect(err).toContain('spec.input.layout');
    expect(err).toContain("Say 'NCHW'.");
    expect(err).toContain('List 7 labels');
    expect((await blobs()).rows).toEqual(before);
  });

  test('say that nobody publishes what you have to bring', async () => {
    const { code, err } = await add('vgg19-torchvision');
    expect(code).toBe(1);
    expect(err).toContain('--file weights=model.onnx');
  });

  test('take Phi-3.5 Vision from a folder, with the weights that stand beside its graph', async () => {
    const { files } = await writeTinyPhi3Vision(folder, ['happy']);
    const local = path.join(folder, 'phi');
    await mkdir(path.join(local, 'onnx'), { recursive: true });
    for (const { path: name, file } of files) {
      await copyFile(file, path.join(local, name.replace(/\.onnx$/, '_q4.onnx')));
    }
    const { code, out, err } = await add('phi-3.5-vision', '--folder', local);
    expect(err).not.toContain('can not be accepted');
    expect(code).toBe(0);
    const { kind, spec } = await specOf(idIn(out));
    expect(kind).toBe('VLM_PROMPT');
    const { files: registered } = spec.runtime as { files: { path: string }[] };
    expect(registered.map((file) => file.path)).toContain('onnx/model.onnx_data');
  });

  test('make GFPGAN a restoration that runs', async () => {
    const weights = path.join(folder, 'gfpgan.onnx');
    await writeFile(weights, tinyFaceNetwork({ does: 'white' }));
    const gfpgan = ['restorations', 'add', 'gfpgan-v1.4', '--project', project.slug, '--file', weights];
    const { code, out } = await samplewise(...gfpgan);
    expect(code).toBe(0);
    const restorationConfigIds = [/RestorationConfig_\d+/.exec(out)![0]];
    const { data } = await ask(stack, 'query ($id: ID!) { node(id: $id) { ... on RestorationConfig { steps } } }', {
      id: restorationConfigIds[0],
    });
    expect(data).toMatchObject({ node: { steps: [{ kind: 'gfpgan', mode: 'whole', size: 512 }] } });
    const { projectId, datasetVersionId } = project;
    const modelConfigIds = [idIn((await add('efficientnet-b0-torchvision', '--file', network)).out)];
    const plan = { modelConfigIds, restorationConfigIds };
    const experiment = await stack.client.createExperiment({ projectId, name: 'restored', datasetVersionId, plan });
    const [queued] = await stack.client.queueRuns(experiment.id);
    expect(await stack.client.waitForRun(queued!.id)).toMatchObject({ status: 'FINISHED', sampleDone: 3 });
  });

  test('ask a server of yours', async () => {
    const variable = 'SAMPLEWISE_MODEL_KEY_X';
    const server = ['--endpoint', 'https://models.example/v1', '--model', 'phi', '--api-key-variable', variable];
    const { out } = await add('phi-3.5-vision-vllm', ...server);
    expect((await specOf(idIn(out))).spec.runtime).toMatchObject({
      endpoint: 'https://models.example/v1',
      model: 'phi',
      apiKeyVariable: variable,
    });
  });
});
