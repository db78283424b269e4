import { describe, expect, it } from 'vitest';
import { modelSpec, modelStages, PRESETS, restorationStages, restorationSteps } from '../src/index.ts';

const told = (spec: unknown): string[] => modelStages(modelSpec.parse(spec)).map(({ title, detail }) => `${title}: ${detail}`); // prettier-ignore
const digest = 'a'.repeat(64);

describe('how a picture becomes a prediction', () => {
  it('is told of a classifier with torchvision’s preprocessing', () => {
    const spec = PRESETS.find(({ name }) => name === 'resnet50-torchvision')!.build(
      { labels: ['a', 'b'] },
      new Map([['weights', digest]]),
    );
    expect(told(spec)).toEqual([
      'Resize: shorter side to 232, in proportion, linear',
      'Crop: 224 × 224 from the middle',
      'Colours: red, green, blue; grey pictures are repeated',
      'Normalise: (value / 255 − mean) / deviation; mean 0.485, 0.456, 0.406; deviation 0.229, 0.224, 0.225',
      'Tensor: NCHW [up to 64, 3, 224, 224]',
      'Network: ONNX on cpu',
      'Softmax: logits to probabilities of 2 classes',
    ]);
  });

  it('leaves out what is not done', () => {
    const input = { width: 48, height: 32, colour: 'GRAY', layout: 'NHWC', scale: 1 };
    const output = { activation: 'probabilities' };
    expect(told({ kind: 'onnx-classifier', weights: { digest }, labels: ['a', 'b'], input, output })).toEqual([
      'Resize: stretched to 48 × 32, cubic',
      'Colours: grey',
      'Values: 0 to 255, as they are',
      'Tensor: NHWC [up to 64, 32, 48, 1]',
      'Network: ONNX on cpu',
      'Probabilities: of 2 classes, as the network gives them',
    ]);
  });

  it('has the words that a language model reads', () => {
    const runtime = { type: 'openai', endpoint: 'http://127.0.0.1:1/v1', model: 'phi' };
    const spec = { kind: 'vlm-prompt', labels: ['sad', 'happy'], prompt: 'Which of {labels}?', runtime, synonyms: { happy: ['glad'] } }; // prettier-ignore
    expect(modelStages(modelSpec.parse(spec)).find(({ title }) => title === 'Question')!.text).toBe(
      'Which of sad, happy?',
    );
    expect(told(spec).at(-1)).toBe("Reading: the answer's class, of 2, by its label or 1 synonyms; else none");
  });

  it.each(PRESETS.filter(({ kind }) => kind === 'model').map((preset) => [preset.name, preset] as const))(
    'can be told of %s',
    (_name, preset) => {
      const files = new Map(preset.files.map(({ place }) => [place, digest]));
      expect(told(preset.build({ labels: ['a', 'b'] }, files)).length).toBeGreaterThan(2);
    },
  );
});

it('what a restoration does is told step by step', () => {
  const weights = { digest };
  const steps = restorationSteps.parse([
    { kind: 'gfpgan', mode: 'faces', weights, detector: { weights }, blend: 0.8 },
    { kind: 'gfpgan', mode: 'whole', weights, upscale: 2 },
    { kind: 'onnx-super-resolution', weights, factor: 2, range: '0..1' },
    { kind: 'denoise', method: 'median' },
    { kind: 'denoise', method: 'gaussian' },
    { kind: 'clahe', width: 8, height: 8 },
    { kind: 'resize', factor: 1.5 },
    { kind: 'gamma', gamma: 0.5 },
  ]);
  expect(restorationStages(steps).map(({ title, detail }) => `${title}: ${detail}`)).toEqual([
    'GFPGAN: up to 16 faces that are found (score from 0.7), pasted back, 80 % of the restored face',
    'GFPGAN: the picture as one face, to 2 times as large',
    'Super-resolution: a network that makes it 2 times as large; values 0..1',
    'Denoise: median of 3 × 3 pixels',
    'Denoise: Gaussian, deviation 1 pixels',
    'CLAHE: local contrast in 8 × 8, slope at most 3',
    'Resize: 1.5 times its size, cubic',
    'Gamma: 0.5: darker',
  ]);
});
