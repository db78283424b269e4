import { describe, expect, it } from 'vitest';
import { digestOfJson, InvalidInput, modelSpec, parseInput, promptOf, weightsOf } from '../src/index.ts';

const LABELS = ['cat', 'dog'];
const weights = { digest: 'a'.repeat(64) };
const input = { width: 48, height: 48 };
const classifier = { kind: 'onnx-classifier', weights, labels: LABELS, input };
const prompt = 'Which is it? {labels}. Answer with one word.';
const endpoint = {
  kind: 'vlm-prompt',
  labels: LABELS,
  prompt,
  runtime: { type: 'openai', endpoint: 'http://127.0.0.1:11434/v1', model: 'phi3.5-vision' },
};
const folder = [
  ...['config.json', 'preprocessor_config.json', 'tokenizer.json', 'tokenizer_config.json'],
  ...['vision_encoder_q4', 'prepare_inputs_embeds_q4', 'model_q4'].map((name) => `onnx/${name}.onnx`),
].map((path, i) => ({ path, digest: String(i).repeat(64) }));
const inProcess = { ...endpoint, runtime: { type: 'transformers', files: folder } };

function problemsOf(spec: unknown) {
  try {
    parseInput(modelSpec, spec, 'spec');
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems.map((p) => `${p.place}: ${p.message}`);
    throw error;
  }
  return [];
}

describe('the digest of a config', () => {
  it('is what it was before further fields came', () => {
    expect(digestOfJson(modelSpec.parse(classifier))).toBe(
      'ee24ec8e1f92c98a64fc8827c7e5f3bd03d1cdfe76c470baf75a59953cad517f',
    );
    const clip = { kind: 'clip-zero-shot', vision: weights, text: { digest: 'b'.repeat(64) }, labels: LABELS, input };
    expect(digestOfJson(modelSpec.parse({ ...clip, words: LABELS, templates: ['a {}'], logitScale: 100 }))).toBe(
      '3dddaf02466771e4344dd8e41a9552efdad7183d20178ad6caba804b4c80da7d',
    );
  });
});

describe('a config', () => {
  it('of a classifier may crop as torchvision does', () => {
    expect(problemsOf({ ...classifier, input: { ...input, shortSide: 64 } })).toEqual([]);
    expect(problemsOf({ ...classifier, input: { ...input, shortSide: 40 } })).toEqual([
      'spec.input.shortSide: must be at least the width and the height that are cut from it',
    ]);
    expect(problemsOf({ ...classifier, executionProviders: ['cuda', 'cuda'] })).toHaveLength(1);
  });

  it('of a language model names the files of its folder', () => {
    expect(weightsOf(modelSpec.parse(inProcess)).map((w) => w.place)[1]).toBe('runtime.files.1');
    expect(problemsOf({ ...inProcess, runtime: { type: 'transformers', files: folder.slice(1, 6) } })).toEqual([
      'spec.runtime.files: lacks config.json',
      'spec.runtime.files: lacks onnx/model_q4.onnx',
    ]);
    for (const path of ['../config.json', '/etc/passwd', 'onnx/../../x', '.hidden', 'a//b', 'a\\b']) {
      const files = [...folder, { path, digest: 'a'.repeat(64) }];
      expect(problemsOf({ ...inProcess, runtime: { type: 'transformers', files } }), path).toHaveLength(1);
    }
    expect(problemsOf({ ...inProcess, temperature: 1 })[0]).toContain('spec.temperature');
  });

  it('names a key by its variable, and no other secret', () => {
    const keyed = (apiKeyVariable: string) => ({ ...endpoint, runtime: { ...endpoint.runtime, apiKeyVariable } });
    expect(problemsOf(keyed('SAMPLEWISE_MODEL_KEY_OPENAI'))).toEqual([]);
    expect(problemsOf(keyed('DATABASE_URL'))).toHaveLength(1);
    expect(problemsOf(keyed('sk-abcdef'))).toHaveLength(1);
  });

  it('has an address that hides nothing', () => {
    for (const address of ['ftp://x', 'file:///etc', 'http://me:secret@x/v1', 'http://x/v1?key=1', 'x']) {
      const runtime = { ...endpoint.runtime, endpoint: address };
      expect(problemsOf({ ...endpoint, runtime }), address).not.toEqual([]);
    }
  });

  it('has a prompt that lists the classes', () => {
    expect(promptOf(modelSpec.parse({ ...endpoint, labels: ['$&', 'b'] }) as never)).toContain('it? $&, b.');
    expect(problemsOf({ ...endpoint, prompt: 'Which?' })).toHaveLength(1);
  });

  it('has synonyms that mean one label each', () => {
    expect(problemsOf({ ...endpoint, synonyms: { cat: ['kitty'], dog: ['hound'] } })).toEqual([]);
    expect(problemsOf({ ...endpoint, synonyms: { bird: ['x'] } })).toEqual([
      'spec.synonyms.bird: is not a label; they are cat, dog',
    ]);
    expect(problemsOf({ ...endpoint, synonyms: { cat: ['pet'], dog: ['Pet'] } })).toEqual([
      "spec.synonyms.dog.0: 'Pet' means cat already",
    ]);
    expect(problemsOf({ ...endpoint, synonyms: { cat: ['DOG'] } })).toHaveLength(1);
  });

  it('of an external model needs nothing but its labels', () => {
    expect(problemsOf({ kind: 'external', labels: LABELS })).toEqual([]);
    expect(problemsOf({ kind: 'external', labels: LABELS, url: 'javascript:alert(1)' })).toHaveLength(1);
  });
});
