import { backboneOfModel, modelSpec, type ModelSpec } from '@samplewise/domain';
import { cutGraph, findFeatures, readBackbone, readFileRange } from '@samplewise/onnx';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ModelProcess } from '../src/model-process/model-process.ts';
import type { ImageToPredict } from '../src/model-process/protocol.ts';
import type { Runnable } from '../src/models/runnable.ts';
import { clip, faces, LABELS, modelFile, never } from './support/demo-box.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const DIGEST = 'a'.repeat(64);
const TRAINED = 'f'.repeat(64);
const TRUE_GRAPHS = path.resolve(import.meta.dirname, '../../../../shared/assets/models/arch_only');

let folder: string;
let pictures: ImageToPredict[];
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-features-'));
  const { images } = await faces('clean');
  pictures = [images[0]!, { bytes: Buffer.from('no picture'), stepsDone: 0 }, images[400]!];
});
afterAll(() => rm(folder, { recursive: true }));

async function run(model: Runnable, file: string) {
  const files = { [DIGEST]: file, [TRAINED]: file, [clipVision.digest]: file };
  const modelProcess = await ModelProcess.start(
    { model, steps: [], files, threads: 2 },
    { timeoutSeconds: 60, memoryBytes: 8e9 },
  );
  try {
    return await modelProcess.predict(pictures, never());
  } finally {
    modelProcess.stop();
  }
}

const clipVision = backboneOfModel(clip(['{}']))!;
const classifier = (size: number, more: object = {}): ModelSpec =>
  modelSpec.parse({
    ...{ kind: 'onnx-classifier', weights: { digest: DIGEST }, labels: LABELS, input: { width: size, height: size } },
    ...more,
  });

/** The same numbers each time, some of them negative. */
const wave = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => Math.sin(i * 12.9898) / 10);

/** @param named the tensor, where the file does not tell which */
async function withHead(spec: ModelSpec, file: string, named?: string): Promise<number> {
  const found = await findFeatures(spec, named, (_, use) => readFileRange(file, use));
  if ('problem' in found) throw new Error(found.problem.message);
  const backbone = backboneOfModel(spec)!;
  const features = await run({ kind: 'features', backbone, tensor: found.tensor }, file);
  const { columns: width } = features;
  const head = { width, weights: wave(LABELS.length * width), bias: wave(LABELS.length) };
  const target = path.join(folder, 'trained.onnx');
  await readFileRange(file, async (source) => {
    const { parts } = cutGraph(source, await readBackbone(source), found.tensor, head);
    await writeFile(target, parts());
  });
  const output = { name: 'probabilities', activation: 'probabilities' };
  const trained = modelSpec.parse({ ...classifier(1), weights: { digest: TRAINED }, input: backbone.input, output });
  const { scores, failures, device } = await run(trained, target);
  expect([failures[0], failures[2], device]).toEqual([null, null, 'cpu']);
  expect(failures[1]).toContain('decoded');
  for (const picture of [0, 2]) {
    const logits = LABELS.map((_, c) => {
      let sum = head.bias[c]!;
      for (let i = 0; i < width; i++) sum += head.weights[c * width + i]! * features.scores[picture * width + i]!;
      return sum;
    });
    const most = Math.max(...logits);
    const sum = logits.reduce((all, logit) => all + Math.exp(logit - most), 0);
    logits.forEach((logit, c) => {
      expect(scores[picture * LABELS.length + c]).toBeCloseTo(Math.exp(logit - most) / sum, 4);
    });
  }
  return width;
}

describe('a network with a head on it gives the softmax of the head of its features', () => {
  it.each([
    ['vgg-mini.onnx', 64],
    ['resnet-mini.onnx', 96],
    ['efficientnet-mini.onnx', 40],
  ])('%s', async (file, width) => {
    expect(await withHead(classifier(48), modelFile(file))).toBe(width);
  });

  it("clip-mini's vision encoder", async () => {
    expect(await withHead(clip(['{}']), modelFile('clip-mini-vision.onnx'))).toBe(64);
  });

  it('at any tensor, flattened', async () => {
    expect(await withHead(classifier(48), modelFile('vgg-mini.onnx'), '/4/MaxPool_output_0')).toBe(32 * 12 * 12);
  });

  it.skipIf(!existsSync(TRUE_GRAPHS)).each([
    ['light_vgg19.onnx', undefined, 4096],
    ['light_resnet50.onnx', undefined, 2048],
    ['light_densenet121.onnx', 'r908', 1024],
  ])('the true graph of %s, of before version 4 of the format and for one image a call', async (file, named, width) => {
    expect(await withHead(classifier(224), path.join(TRUE_GRAPHS, file), named)).toBe(width);
  });
});

it('a tensor that does not belong to the images is refused when it is loaded', async () => {
  const file = modelFile('clip-mini-vision.onnx');
  const { tensors } = await readFileRange(file, readBackbone);
  const shape = tensors.find((name) => name.includes('Shape'))!;
  await expect(run({ kind: 'features', backbone: clipVision, tensor: shape }, file)).rejects.toThrow('the tensor is');
});
