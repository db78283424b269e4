import { modelSpec, type ModelSpec } from '@samplewise/domain';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { GraphWriter, type Size } from '../../executor/test/support/graph-writer.ts';
import { tinyClassifier } from '../../executor/test/support/tiny-onnx.ts';
import { checkModelFiles, readFileRange, type ByteSource } from '../src/index.ts';

const DIGEST = 'a'.repeat(64);
const sourceOf = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: (start, length) => Promise.resolve(bytes.subarray(start, start + length)),
});

const classifier = (input: object = {}, more: object = {}): ModelSpec =>
  modelSpec.parse({
    kind: 'onnx-classifier',
    weights: { digest: DIGEST },
    labels: ['dark', 'bright'],
    input: { width: 4, height: 4, colour: 'GRAY', ...input },
    ...more,
  });

const check = (spec: ModelSpec, bytes: Uint8Array) => checkModelFiles(spec, (_, use) => use(sourceOf(bytes)));

/** A graph of the given ports that computes nothing of use. */
function graphOf(inputs: Record<string, Size[]>, outputs: Record<string, Size[]>, type?: 'int64'): Uint8Array {
  const g = new GraphWriter('ports');
  const [first] = Object.entries(inputs).map(([name, shape]) => g.input(name, shape, type));
  for (const [name, shape] of Object.entries(outputs)) g.output(name, shape, first!);
  return g.finish();
}

describe('a classifier held against its file', () => {
  it('fits', async () => {
    expect(await check(classifier(), tinyClassifier({ declared: ['N', 2] }))).toEqual([]);
    expect(await check(classifier({ name: 'input' }, { output: { name: 'output' } }), tinyClassifier())).toEqual([]);
  });

  it.each<[string, ModelSpec, Uint8Array, string, string, string]>([
    ['another name', classifier({ name: 'inputs' }), tinyClassifier(), 'input.name', "it has 'input'", "Name 'input'."],
    [
      'another output',
      classifier({}, { output: { name: 'Output_' } }),
      graphOf({ x: ['N', 1, 4, 4] }, { logits: ['N', 2], output: ['N', 2] }),
      'output.name',
      "it has 'logits', 'output'",
      "Name 'output'.",
    ],
    ['another width', classifier(), tinyClassifier({ input: ['N', 1, 4, 8] }), 'input.width', '[N, 1, 4, 8]', 'Say 8.'],
    [
      'another height',
      classifier(),
      tinyClassifier({ input: ['N', 1, 8, 4] }),
      'input.height',
      '[N, 1, 8, 4]',
      'Say 8.',
    ],
    ['colours', classifier(), tinyClassifier({ input: ['N', 3, 4, 4] }), 'input.colour', '[N, 3, 4, 4]', "Say 'RGB'."],
    ['grey', classifier({ colour: 'RGB' }), tinyClassifier(), 'input.colour', '[N, 1, 4, 4]', "Say 'GRAY'."],
    ['another layout', classifier({ layout: 'NHWC' }), tinyClassifier(), 'input.layout', '[N, 1, 4, 4]', "Say 'NCHW'."],
    [
      'three dimensions',
      classifier(),
      graphOf({ x: [1, 4, 4] }, { y: ['N', 2] }),
      'input',
      '[1, 4, 4]',
      'four dimensions',
    ],
    [
      'whole numbers',
      classifier(),
      graphOf({ x: ['N', 1, 4, 4] }, { y: ['N', 2] }, 'int64'),
      'input',
      'int64',
      'float32',
    ],
    ['more classes', classifier(), tinyClassifier({ declared: ['N', 5] }), 'labels', '[N, 5]', 'List 5 labels'],
    [
      'further inputs',
      classifier({ name: 'x' }),
      graphOf({ x: ['N', 1, 4, 4], y: [1] }, { z: ['N', 2] }),
      'input.name',
      "'y'",
      'constants',
    ],
  ])(
    'is told of %s: the field, what the file has, the nearest right value',
    async (_, spec, bytes, place, has, mend) => {
      const problems = await check(spec, bytes);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatchObject({
        place,
        message: expect.stringContaining(has) as string,
        mend: expect.stringContaining(mend) as string,
      });
    },
  );

  it('is told of all that does not fit at once', async () => {
    const problems = await check(classifier(), tinyClassifier({ input: ['N', 3, 8, 8], declared: ['N', 3] }));
    expect(problems.map((p) => p.place)).toEqual(['input.colour', 'input.height', 'input.width', 'labels']);
  });

  it.each([
    ['is empty', new Uint8Array()],
    ['is text', Buffer.from('this is no protobuf at all')],
    ['is HTML', Buffer.from('<!doctype html><html></html>')],
    ['is cut off', tinyClassifier().subarray(0, 60)],
    ['claims more than it has', Buffer.from([8, 8, 58, 255, 255, 255, 255, 255, 255, 255, 255, 127])],
    ['has a number that does not end', Buffer.alloc(32, 255)],
    ['has nested garbage', Buffer.from([8, 8, 58, 4, 90, 2, 255, 255])],
  ])('is refused where the file %s', async (_, bytes) => {
    expect(await check(classifier(), bytes)).toMatchObject([{ code: 'MODEL_MALFORMED', place: 'weights' }]);
  });
});

describe('CLIP held against its two files', () => {
  const vision = graphOf({ pixel_values: ['N', 3, 4, 4] }, { image_embeds: ['N', 512] });
  const text = graphOf({ input_ids: ['N', 77] }, { text_embeds: ['N', 512] }, 'int64');
  const clip = (more: object = {}): ModelSpec =>
    modelSpec.parse({
      kind: 'clip-zero-shot',
      ...{ vision: { digest: 'a'.repeat(64) }, text: { digest: 'b'.repeat(64) } },
      ...{ labels: ['cat', 'dog'], words: ['cat', 'dog'], templates: ['a {}'], logitScale: 100 },
      input: { width: 4, height: 4 },
      ...more,
    });
  const checkBoth = (spec: ModelSpec, v = vision, t = text) =>
    checkModelFiles(spec, (digest, use) => use(sourceOf(digest.startsWith('a') ? v : t)));

  it('fits, or is told what does not', async () => {
    expect(await checkBoth(clip())).toEqual([]);
    expect(await checkBoth(clip({ textInput: 'input_id', contextLength: 64 }))).toMatchObject([
      { place: 'textInput', mend: "Name 'input_ids'." },
    ]);
    expect(await checkBoth(clip({ contextLength: 64 }))).toMatchObject([{ place: 'contextLength', mend: 'Say 77.' }]);
    const wider = graphOf({ pixel_values: ['N', 3, 4, 4] }, { image_embeds: ['N', 768] });
    expect(await checkBoth(clip(), wider)).toMatchObject([{ place: 'visionOutput' }]);
    expect(await checkBoth(clip(), text, vision)).toMatchObject([
      { place: 'input' },
      { place: 'visionOutput' },
      { place: 'textOutput' },
      { place: 'textInput' },
    ]);
  });
});

const MODELS = path.resolve(import.meta.dirname, '../../../../shared/assets/models/arch_only');

describe.skipIf(!existsSync(MODELS))('the true graphs of the assets', () => {
  // Their format is so old that the weights are among the inputs.
  it.each([
    ['vgg19', 'data_0', 'prob_1'],
    ['resnet50', 'gpu_0/data_0', 'gpu_0/softmax_1'],
    ['densenet121', 'data_0', 'fc6_1'],
  ])('say what %s takes and gives', async (name, input, output) => {
    const labels = Array.from({ length: 1000 }, (_, i) => `class ${i}`);
    const size = { width: 224, height: 224, colour: 'RGB' };
    const file = path.join(MODELS, `light_${name}.onnx`);
    const checked = (spec: ModelSpec) => checkModelFiles(spec, (_, use) => readFileRange(file, use));
    expect(await checked(classifier({ ...size, name: input }, { labels, output: { name: output } }))).toEqual([]);
    const [wrong] = await checked(classifier({ ...size, name: 'data' }, { labels }));
    expect(wrong).toMatchObject({ place: 'input.name', mend: `Name '${input}'.` });
  });
});
