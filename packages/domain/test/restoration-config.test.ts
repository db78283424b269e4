import { describe, expect, test } from 'vitest';
import type { InvalidInput } from '../src/index.ts';
import { parseInput, restorationSteps, weightsOfStep } from '../src/index.ts';

const weights = { digest: 'a'.repeat(64) };
const detector = { weights: { digest: 'b'.repeat(64) } };
const whole = { kind: 'gfpgan', mode: 'whole', weights };
const faces = { kind: 'gfpgan', mode: 'faces', weights, detector };
const clahe = { kind: 'clahe', width: 8, height: 8 };

function placesOf(step: object): (string | null)[] {
  try {
    parseInput(restorationSteps, [step], 'steps');
    return [];
  } catch (error) {
    return (error as InvalidInput).problems.map((problem) => problem.place);
  }
}

describe('a restoration step', () => {
  test.each<[string, object]>([
    ['GFPGAN on whole pictures', whole],
    ['GFPGAN on found faces', faces],
    ['a median', { kind: 'denoise', method: 'median' }],
    ['a Gaussian', { kind: 'denoise', method: 'gaussian', sigma: 0.8 }],
    ['a local equalisation', clahe],
    ['another size', { kind: 'resize', width: 96, height: 64, kernel: 'lanczos3' }],
    ['a factor', { kind: 'resize', factor: 0.5 }],
    ['an unsharp mask', { kind: 'unsharp' }],
    ['a gamma', { kind: 'gamma', gamma: 1.5 }],
    ['a stretch', { kind: 'normalise' }],
  ])('may be %s', (_what, step) => {
    expect(placesOf(step)).toEqual([]);
  });

  test('carries its defaults, since they are part of its identity', () => {
    expect(restorationSteps.parse([faces])[0]).toEqual({
      ...faces,
      input: 'input',
      output: 'output',
      size: 512,
      batch: 1,
      blend: 1,
      upscale: 1,
      maxFaces: 16,
      detector: { kind: 'ultraface', ...detector, threshold: 0.7, iou: 0.3 },
    });
  });

  test.each<[string, object, string]>([
    ['an unknown kind', { kind: 'magic' }, 'steps.0.kind'],
    ['GFPGAN without a mode', { kind: 'gfpgan', weights }, 'steps.0.mode'],
    ['faces without a detector', { ...faces, detector: undefined }, 'steps.0.detector'],
    ['a detector that nobody asks', { ...whole, detector }, 'steps.0'],
    ['a digest that is none', { ...whole, weights: { digest: 'x' } }, 'steps.0.weights.digest'],
    ['a size that no picture has', { ...whole, size: 0 }, 'steps.0.size'],
    ['a size like that of memory', { ...whole, size: 100_000 }, 'steps.0.size'],
    ['more than all of the face', { ...whole, blend: 1.5 }, 'steps.0.blend'],
    ['an enlargement without end', { ...faces, upscale: 64 }, 'steps.0.upscale'],
    ['an endless number of faces', { ...faces, maxFaces: 1e9 }, 'steps.0.maxFaces'],
    [
      'a threshold that is no share',
      { ...faces, detector: { ...detector, threshold: 70 } },
      'steps.0.detector.threshold',
    ],
    ['a detector of another make', { ...faces, detector: { ...detector, kind: 'other' } }, 'steps.0.detector.kind'],
    ['an even median', { kind: 'denoise', method: 'median', size: 4 }, 'steps.0.size'],
    ['a median without an end', { kind: 'denoise', method: 'median', size: 999 }, 'steps.0.size'],
    ['an unknown method', { kind: 'denoise', method: 'wish' }, 'steps.0.method'],
    ['a window of no width', { ...clahe, width: 0 }, 'steps.0.width'],
    ['a slope that is no number', { ...clahe, maxSlope: NaN }, 'steps.0.maxSlope'],
    ['a width alone', { kind: 'resize', width: 96 }, 'steps.0.factor'],
    ['both a size and a factor', { kind: 'resize', width: 96, height: 96, factor: 2 }, 'steps.0.factor'],
    ['neither size nor factor', { kind: 'resize' }, 'steps.0.factor'],
    ['a picture of 100,000 pixels', { kind: 'resize', width: 100_000, height: 1 }, 'steps.0.width'],
    ['a mask without width', { kind: 'unsharp', sigma: 0 }, 'steps.0.sigma'],
    ['no gamma', { kind: 'gamma' }, 'steps.0.gamma'],
    ['black above white', { kind: 'normalise', lower: 60, upper: 40 }, 'steps.0.upper'],
    ['a field that it does not have', { kind: 'gamma', gamma: 1, gama: 2 }, 'steps.0'],
  ])('may not be %s, and says where', (_what, step, place) => {
    expect(placesOf(step)).toEqual([place]);
  });
});

test('the blobs that a step needs are named by their field', () => {
  const [first, second] = restorationSteps.parse([faces, clahe]);
  expect(weightsOfStep(first!)).toEqual([
    { place: 'weights', digest: weights.digest },
    { place: 'detector.weights', digest: detector.weights.digest },
  ]);
  expect(weightsOfStep(second!)).toEqual([]);
});
