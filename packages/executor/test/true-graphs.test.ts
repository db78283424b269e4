import { modelSpec, type ModelSpec } from '@samplewise/domain';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ModelProcess } from '../src/model-process/model-process.ts';
import type { ImageToPredict } from '../src/model-process/protocol.ts';
import { faces, never } from './support/demo-box.ts';
import { efficientNetB0 } from './support/efficientnet-b0.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const DIGEST = 'a'.repeat(64);
const ASSETS = path.resolve(import.meta.dirname, '../../../../shared/assets');
const IMAGENET = Array.from({ length: 1000 }, (_, i) => `class ${i}`);
const TORCHVISION = { shortSide: 256, resize: 'linear', mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

let folder: string;
let pictures: ImageToPredict[];
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-graphs-'));
  const { images } = await faces('clean');
  pictures = [images[0]!, images[200]!];
});
afterAll(() => rm(folder, { recursive: true }));

const classifier = (labels: string[], input: object, output: object): ModelSpec =>
  modelSpec.parse({
    kind: 'onnx-classifier',
    weights: { digest: DIGEST },
    labels,
    input: { width: 224, height: 224, ...TORCHVISION, ...input },
    output,
  });

async function predict(model: ModelSpec, file: string, images: ImageToPredict[]) {
  const modelProcess = await ModelProcess.start(
    { model, steps: [], files: { [DIGEST]: file }, threads: 2 },
    { timeoutSeconds: 60, memoryBytes: 8e9 },
  );
  try {
    return await modelProcess.predict(images, never());
  } finally {
    modelProcess.stop();
  }
}

describe('EfficientNet-B0, its true graph with random weights', () => {
  it('has the published number of parameters, and predicts the same twice', async () => {
    const { bytes, parameters } = efficientNetB0(1000);
    // 5,288,548 of torchvision's; batch normalisation keeps two more numbers a channel, which are not counted there.
    expect(parameters - 42_016).toBe(5_288_548);
    const file = path.join(folder, 'efficientnet.onnx');
    await writeFile(file, bytes);
    const model = classifier(IMAGENET, { name: 'input', resize: 'cubic' }, { name: 'output' });
    const first = await predict(model, file, pictures);
    expect(first.failures).toEqual([null, null]);
    const [one, other] = [first.scores.subarray(0, 1000), first.scores.subarray(1000)];
    expect(one).not.toEqual(other);
    expect((await predict(model, file, pictures)).scores).toEqual(first.scores);
  });
});

describe.skipIf(!existsSync(ASSETS))('the true graphs of the assets, with constant weights', () => {
  it.each([
    ['vgg19', 'data_0', 'prob_1'],
    ['resnet50', 'gpu_0/data_0', 'gpu_0/softmax_1'],
  ])('%s runs on pictures of any size', async (name, input, output) => {
    const web = path.join(ASSETS, 'data/web-faces/happy');
    const names = (await readdir(web)).slice(0, 2);
    const large = await Promise.all(
      names.map(async (n) => ({ bytes: await readFile(path.join(web, n)), stepsDone: 0 })),
    );
    const model = classifier(IMAGENET, { name: input }, { name: output, activation: 'probabilities' });
    const file = path.join(ASSETS, 'models/arch_only', `light_${name}.onnx`);
    const { scores, failures } = await predict(model, file, [...pictures, ...large]);
    expect(failures).toEqual([null, null, null, null]);
    expect(scores).toHaveLength(4000);
  });
});
