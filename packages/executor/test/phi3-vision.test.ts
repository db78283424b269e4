import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { InvalidInput, type ModelSpec } from '@samplewise/domain';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ModelProcess } from '../src/model-process/model-process.ts';
import { faces, LABELS, never } from './support/demo-box.ts';
import { tinyPhi3VisionSpec, writeTinyPhi3Vision, type TinyPhi3Vision } from './support/tiny-phi3-vision/write.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
let tiny: TinyPhi3Vision;
const started: ModelProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-phi3-'));
  tiny = await writeTinyPhi3Vision(folder, LABELS);
});
afterEach(() => {
  for (const modelProcess of started.splice(0)) modelProcess.stop();
});
afterAll(() => rm(folder, { recursive: true }));

async function start(model: ModelSpec, replaced: Record<string, string> = {}): Promise<ModelProcess> {
  const files = Object.fromEntries(tiny.files.map((f) => [f.digest, replaced[f.path] ?? f.file]));
  const modelProcess = await ModelProcess.start(
    { model, steps: [], files, threads: 1 },
    { timeoutSeconds: 60, memoryBytes: 4e9 },
  );
  started.push(modelProcess);
  return modelProcess;
}

const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof InvalidInput ? error.problems[0] : error),
  );

describe('Phi-3.5 Vision in process, tiny and with random weights', () => {
  it('answers in words, the same in another process, and a label is read where the answer names one', async () => {
    const model = tinyPhi3VisionSpec(tiny, LABELS, { maxTokens: 3 });
    const { images } = await faces('clean');
    const wide = { bytes: await sharp(images[0]!.bytes!).resize(96, 40, { fit: 'fill' }).toBuffer(), stepsDone: 0 };
    const lost = { bytes: null, stepsDone: 0 };
    const pictures = [images[0]!, images[100]!, lost, wide];
    const first = await (await start(model)).predict(pictures, never());
    expect(first.failures).toEqual([null, null, expect.stringContaining('storage'), null]);
    expect(first.scores).toHaveLength(0);
    const answers = first.answers!;
    expect(answers[2]).toBeNull();
    for (const answer of [0, 1, 3].map((i) => answers[i]!)) {
      const words = answer.text!.split(' ');
      expect(words.every((word) => LABELS.includes(word))).toBe(true);
      expect(answer.label).toBe(new Set(words).size === 1 ? LABELS.indexOf(words[0]!) : -1);
      expect(answer.completionTokens).toBeLessThanOrEqual(3);
    }
    // Of a square picture the model sees 757 tokens.
    expect(answers[0]!.promptTokens).toBeGreaterThan(757);
    expect(answers[3]!.promptTokens).toBeLessThan(answers[0]!.promptTokens!);
    expect(new Set(answers.map((answer) => answer?.text)).size).toBeGreaterThan(2);

    const again = await (await start(model)).predict(pictures, never());
    expect(again.answers!.map((a) => a?.text)).toEqual(answers.map((a) => a?.text));
  });

  it('stops asking when the budget is used up', async () => {
    const { images } = await faces('clean');
    const modelProcess = await start(tinyPhi3VisionSpec(tiny, LABELS));
    const budget = { requests: Infinity, tokens: 800 };
    const { answers, exceeded, failures } = await modelProcess.predict(images.slice(0, 3), never(), { budget });
    expect(exceeded).toBe(true);
    expect(answers!.map((a) => a!.requests)).toEqual([1, 0, 0]);
    expect(failures).toEqual([null, expect.stringContaining('budget'), expect.stringContaining('budget')]);
  });

  it.each([
    ['of another architecture', 'config.json', '{"model_type":"llava"}', 'llava, not phi3_v'],
    ['whose settings are no JSON', 'config.json', 'model_type: phi3_v', 'of which type'],
    ['with a graph that is none', 'onnx/vision_encoder.onnx', 'no graph', 'can not load'],
    ['without its tokens', 'tokenizer.json', '{}', 'can not load'],
  ])('is refused when it is a folder %s', async (_, file, content, message) => {
    const other = path.join(folder, 'other');
    await writeFile(other, content);
    expect(await problemOf(start(tinyPhi3VisionSpec(tiny, LABELS), { [file]: other }))).toMatchObject({
      code: 'MODEL_MALFORMED',
      place: 'runtime.files',
      message: expect.stringContaining(message) as string,
    });
  });

  it('is refused when the prompt says itself where the picture stands', async () => {
    const spec = tinyPhi3VisionSpec(tiny, LABELS, { prompt: '<|image_1|> {labels}?' });
    expect(await problemOf(start(spec))).toMatchObject({ code: 'INVALID_VALUE', place: 'prompt' });
  });
});
