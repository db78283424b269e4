import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { InvalidInput, modelSpec, restorationSteps, type RestorationStep } from '@samplewise/domain';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ModelProcessLost, PredictionAborted } from '../src/model-process/lost-model.ts';
import { ModelProcess } from '../src/model-process/model-process.ts';
import type { ImageToPredict } from '../src/model-process/protocol.ts';
import { modelFile, never } from './support/demo-box.ts';
import { tinyClassifier, type TinyClassifier } from './support/tiny-onnx.ts';

vi.setConfig({ testTimeout: 60_000 });

const MODEL = 'a'.repeat(64);
const RESTORER = 'b'.repeat(64);
let folder: string;
let image: ImageToPredict;
const started: ModelProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-model-'));
  const pixels = sharp(Buffer.alloc(16, 100), { raw: { width: 4, height: 4, channels: 1 } });
  image = { bytes: await pixels.toColourspace('b-w').png().toBuffer(), stepsDone: 0 };
});
afterEach(() => {
  for (const modelProcess of started.splice(0)) modelProcess.stop();
});
afterAll(() => rm(folder, { recursive: true }));

interface Config {
  input?: object;
  output?: object;
  executionProviders?: string[];
  steps?: RestorationStep[];
  restorer?: string;
  timeoutSeconds?: number;
  memoryBytes?: number;
}

/** Starts a process with the bytes as a grey 4 x 4 classifier of two labels, unless the config says otherwise. */
async function start(bytes: Uint8Array, config: Config = {}): Promise<ModelProcess> {
  const file = path.join(folder, 'model');
  await writeFile(file, bytes);
  const model = modelSpec.parse({
    kind: 'onnx-classifier',
    weights: { digest: MODEL },
    labels: ['dark', 'bright'],
    input: { width: 4, height: 4, colour: 'GRAY', ...config.input },
    ...(config.output ? { output: config.output } : {}),
    ...(config.executionProviders ? { executionProviders: config.executionProviders } : {}),
  });
  const files = { [MODEL]: file, [RESTORER]: config.restorer ?? '' };
  const modelProcess = await ModelProcess.start(
    { model, steps: config.steps ?? [], files, threads: 1 },
    { timeoutSeconds: config.timeoutSeconds ?? 30, memoryBytes: config.memoryBytes ?? 4e9 },
  );
  started.push(modelProcess);
  return modelProcess;
}

const tiny = (graph: TinyClassifier, config?: Config): Promise<ModelProcess> => start(tinyClassifier(graph), config);

async function problemOf(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  if (error instanceof InvalidInput) return error.problems[0];
  if (error instanceof ModelProcessLost) return error.problem;
  throw new Error('the work did not fail as it should', { cause: error });
}

const predict = async (modelProcess: Promise<ModelProcess>, images = [image]) =>
  (await modelProcess).predict(images, never());

describe('a model whose file and config do not fit', () => {
  it('is refused when the file is no ONNX graph', async () => {
    const problem = await problemOf(start(Buffer.from('this is no protobuf at all')));
    expect(problem).toMatchObject({ code: 'MODEL_MALFORMED', place: 'weights' });
  });

  it('is refused when the file is cut off', async () => {
    const whole = tinyClassifier();
    expect(await problemOf(start(whole.subarray(0, whole.length / 2)))).toMatchObject({ code: 'MODEL_MALFORMED' });
  });

  it('is refused when the input has another size, saying both', async () => {
    const problem = await problemOf(tiny({ input: ['N', 1, 8, 8] }));
    expect(problem).toMatchObject({ code: 'MODEL_INPUT_MISMATCH' });
    expect(problem.message).toContain('[N, 1, 8, 8]');
    expect(problem.message).toContain('[N, 1, 4, 4]');
  });

  it('is refused when the input has other channels or another layout', async () => {
    expect(await problemOf(tiny({ input: ['N', 3, 4, 4] }))).toMatchObject({ code: 'MODEL_INPUT_MISMATCH' });
    expect(await problemOf(tiny({}, { input: { layout: 'NHWC' } }))).toMatchObject({ code: 'MODEL_INPUT_MISMATCH' });
  });

  it('is refused when the input is called otherwise, naming what there is', async () => {
    const problem = await problemOf(tiny({}, { input: { name: 'pixels' } }));
    expect(problem).toMatchObject({ code: 'MODEL_INPUT_MISMATCH', value: 'pixels', mend: "Name one of 'input'." });
  });

  it('is refused at load when the graph promises another number of outputs than labels', async () => {
    const problem = await problemOf(tiny({ classes: 3, declared: ['N', 3] }));
    expect(problem).toMatchObject({ code: 'MODEL_OUTPUT_MISMATCH' });
    expect(problem.message).toContain('3 numbers an image, but the config has 2 labels');
  });

  it('is refused at the first batch when the graph did not promise a number', async () => {
    expect(await problemOf(predict(tiny({ classes: 3 })))).toMatchObject({ code: 'MODEL_OUTPUT_MISMATCH' });
  });

  it('is refused when it wants to be computed where the machine can not', async () => {
    const [foreign, missing] = process.platform === 'darwin' ? ['dml', 'cuda'] : ['coreml', 'cuda'];
    for (const provider of [foreign, missing]) {
      const problem = await problemOf(tiny({}, { executionProviders: [provider] }));
      expect(problem, provider).toMatchObject({ code: 'INVALID_VALUE', place: 'executionProviders' });
    }
  });

  it('is refused when a score is not a number', async () => {
    expect(await problemOf(predict(tiny({ then: 'nan' })))).toMatchObject({ code: 'MODEL_OUTPUT_MISMATCH' });
  });

  it('is refused when what the config calls probabilities are not', async () => {
    const problem = await problemOf(predict(tiny({}, { output: { activation: 'probabilities' } })));
    expect(problem).toMatchObject({ code: 'MODEL_OUTPUT_MISMATCH', place: 'output.activation' });
  });
});

describe('a restorer whose file and config do not fit', () => {
  const step = (factor: number): RestorationStep[] =>
    restorationSteps.parse([{ kind: 'onnx-super-resolution', weights: { digest: RESTORER }, factor, range: '-1..1' }]);

  it('is refused when its output is not as many times larger as the step says', async () => {
    const restorer = modelFile('face-restorer-mini-x2.onnx');
    const problem = await problemOf(predict(tiny({}, { steps: step(3), restorer })));
    expect(problem).toMatchObject({ code: 'MODEL_OUTPUT_MISMATCH', place: 'steps.0.factor' });
    expect(problem.mend).toContain('which is 3');
  });

  it('is refused when it does not take RGB images', async () => {
    const restorer = path.join(folder, 'grey-restorer');
    await writeFile(restorer, tinyClassifier());
    const problem = await problemOf(predict(tiny({}, { steps: step(2), restorer })));
    expect(problem).toMatchObject({ code: 'MODEL_INPUT_MISMATCH', place: 'steps.0.weights' });
  });
});

describe('a model process', () => {
  it('fills up the last batch of a graph with a fixed one', async () => {
    const predicted = await predict(
      tiny({ input: [4, 1, 4, 4], declared: [4, 2] }),
      new Array<ImageToPredict>(6).fill(image),
    );
    expect([...predicted.scores]).toEqual(new Array<number>(12).fill(0.5));
  });

  it('fails single samples whose image is truncated or missing, and predicts the others', async () => {
    const truncated = { bytes: image.bytes!.subarray(0, 50), stepsDone: 0 };
    const missing = { bytes: null, stepsDone: 0 };
    const { failures, scores } = await predict(tiny({ then: 'softmax' }, { output: { activation: 'probabilities' } }), [
      truncated,
      image,
      missing,
    ]);
    expect(failures).toEqual([expect.stringContaining('decoded'), null, expect.stringContaining('storage')]);
    expect([...scores.slice(2, 4)]).toEqual([0.5, 0.5]);
  });

  it('that is killed is a crash of the model, with its signal', async () => {
    const modelProcess = await tiny({ then: 'hang' });
    const lost = problemOf(modelProcess.predict([image], never()));
    process.kill(modelProcess.pid!, 'SIGKILL');
    expect(await lost).toMatchObject({ code: 'MODEL_CRASHED', message: expect.stringContaining('SIGKILL') as string });
    expect(modelProcess.alive).toBe(false);
  });

  it('that hangs is given up after its time', async () => {
    const problem = await problemOf(predict(tiny({ then: 'hang' }, { timeoutSeconds: 2 })));
    expect(problem).toMatchObject({ code: 'MODEL_TIMEOUT' });
  });

  it('that takes ever more memory is killed at its limit', async () => {
    const problem = await problemOf(predict(tiny({ then: 'leak' }, { memoryBytes: 700e6 })));
    expect(problem).toMatchObject({ code: 'MODEL_OUT_OF_MEMORY' });
    expect(problem.message).toMatch(/took \d+ MB; it may have 668 MB/);
  });

  it('stops within a second when the work is given up, also in the midst of a batch', async () => {
    const modelProcess = await tiny({ then: 'hang' });
    const controller = new AbortController();
    const work = modelProcess.predict([image], controller.signal);
    const began = performance.now();
    controller.abort();
    await expect(work).rejects.toThrow(PredictionAborted);
    expect(performance.now() - began).toBeLessThan(1500);
  });

  it('gives the same scores for the same images, shard after shard', async () => {
    const modelProcess = await tiny({});
    const first = await modelProcess.predict([image, image], never());
    const second = await modelProcess.predict([image, image], never());
    expect(second.scores).toEqual(first.scores);
  });
});

describe('a picture that restoration would make too large', () => {
  it('fails alone, and is not decoded', async () => {
    const blank = sharp({ create: { width: 3000, height: 3000, channels: 3, background: 'red' } });
    const huge = { bytes: await blank.png().toBuffer(), stepsDone: 0 };
    const steps = restorationSteps.parse([{ kind: 'resize', factor: 8 }, { kind: 'normalise' }]);
    const before = { then: 'softmax' } as const;
    const { failures } = await predict(tiny(before, { steps, output: { activation: 'probabilities' } }), [huge, image]);
    expect(failures).toEqual(['Restored, the image would be 24000 x 24000: more than 67108864 pixels.', null]);
  });
});
