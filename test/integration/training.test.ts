import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { PYTHON, pythonHas } from '../setup/python.ts';
import { startStack, type Stack } from '../setup/stack.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SCRIPT = path.join(ROOT, 'packages/python-client/examples/fer2013/train.py');
const FACES = path.join(ROOT, 'packages/demo/box/synthetic-faces/clean');
const LABELS = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'];

/** PyTorch is a gigabyte and more, which tests do not install: PYTHON names a Python that has it. */
const TORCH = pythonHas('True', 'torch, torchvision, onnx');

/** The box's faces as fer2013.csv has them, by turns for each of its three parts. */
async function writeCsv(file: string): Promise<number> {
  const lines = ['emotion,pixels,Usage'];
  for (const [emotion, label] of LABELS.entries()) {
    const names = (await readdir(path.join(FACES, label))).sort().slice(0, 12);
    for (const [i, name] of names.entries()) {
      const pixels = await sharp(path.join(FACES, label, name))
        .resize(48, 48)
        .greyscale()
        .raw()
        .toBuffer();
      lines.push(`${emotion},${pixels.join(' ')},${['Training', 'PublicTest', 'PrivateTest'][i % 3]!}`);
    }
  }
  await writeFile(file, `${lines.join('\n')}\n`);
  return lines.length - 1;
}

const trained = z.object({
  node: z.object({
    status: z.string(),
    sampleTotal: z.number(),
    metrics: z.array(z.object({ key: z.string(), count: z.number() })),
    phaseCosts: z.array(
      z.object({ phase: z.string(), wallSeconds: z.number(), samples: z.number(), device: z.string() }),
    ),
    artifacts: z.object({ edges: z.array(z.object({ node: z.object({ path: z.string() }) })) }),
  }),
});

describe.skipIf(!TORCH)('the classifiers of the study, trained with PyTorch for two steps', () => {
  let stack: Stack;
  let folder: string;
  let csv: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-train-'));
    csv = path.join(folder, 'fer2013.csv');
    expect(await writeCsv(csv)).toBe(84);
    stack = await startStack();
    await stack.startExecutor();
    await stack.client.createProject({ name: 'fer2013' });
  });
  afterAll(async () => {
    await stack.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test.each([
    ['vgg19', 'VGG19'],
    ['resnet50', 'ResNet-50'],
    ['efficientnet_b0', 'EfficientNet-B0'],
  ])(
    '%s logs its curve, its cost and its checkpoint, and runs in an executor',
    { timeout: 600_000 },
    async (name, title) => {
      const options = ['--model', name, '--project', 'fer2013', '--from-scratch', '--steps', '2', '--batch', '8'];
      const { stdout } = await promisify(execFile)(PYTHON, [SCRIPT, '--data', csv, '--out', folder, ...options], {
        env: { PATH: process.env.PATH ?? '', HOME: folder, SAMPLEWISE_URL: stack.apiUrl },
      });
      expect(stdout).toContain(`${title}@1`);
      const [run] = await stack.client.listRuns({
        projectId: (await stack.client.project('fer2013')).id,
        search: `name = "train ${name}"`,
        limit: 1,
      });
      const { node } = trained.parse(
        await stack.client.query(
          `query ($id: ID!) { node(id: $id) { ... on Run {
          status sampleTotal metrics { key count } phaseCosts { phase wallSeconds samples device }
          artifacts(first: 10) { edges { node { path } } }
        } } }`,
          { id: run!.id },
        ),
      );
      expect(node).toMatchObject({
        status: 'FINISHED',
        phaseCosts: [{ phase: 'TRAINING', samples: 16, device: 'cpu' }],
      });
      expect(node.metrics).toContainEqual({ key: 'loss/train', count: 2 });
      expect(node.metrics).toContainEqual({ key: 'accuracy/validation', count: 1 });
      expect(node.artifacts.edges.map((edge) => edge.node.path).sort()).toEqual(
        expect.arrayContaining([expect.stringMatching(/checkpoints|\.onnx/)]),
      );
    },
  );

  test(
    'the study finds them, and tests them on the images that training has not seen',
    { timeout: 600_000 },
    async () => {
      const command = path.join(ROOT, 'packages/client/src/cli/main.ts');
      const study = ['study', 'fer2013', '--data', csv, '--models', folder, '--out', path.join(folder, 'report')];
      const { stderr } = await promisify(execFile)(process.execPath, [command, ...study], {
        cwd: folder,
        env: { PATH: process.env.PATH ?? '', HOME: folder, SAMPLEWISE_URL: stack.apiUrl },
      });
      expect(stderr).toContain('there    VGG19');
      expect(stderr).toContain('MISSING  Phi-3.5 Vision');
      const project = await stack.client.project('fer2013');
      const runs = await stack.client.listRuns({ projectId: project.id, search: 'source = EXECUTOR', limit: 10 });
      expect(runs.map(({ name, status }) => `${name} ${status}`).sort()).toEqual([
        'EfficientNet-B0 · none FINISHED',
        'ResNet-50 · none FINISHED',
        'VGG19 · none FINISHED',
      ]);
    },
  );
});
