import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { ModelSpec, RestorationStep } from '@samplewise/domain';
import {
  accuracy,
  classifier,
  clip,
  faces,
  never,
  reference,
  restorer,
  startProcess,
  type Faces,
} from './support/demo-box.ts';

/** The demo's figures were measured by another program; within a point, decoding, scaling and resizing agree. */
const POINTS = 1;
// Processes are started and 420 faces predicted, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

let clean: Faces;
let degraded: Faces;
let figures: Record<string, Record<string, number>>;
beforeAll(async () => {
  [clean, degraded, figures] = await Promise.all([faces('clean'), faces('degraded'), reference()]);
});

async function measure(model: ModelSpec, steps: RestorationStep[], { images, truth }: Faces): Promise<number> {
  const modelProcess = await startProcess(model, steps);
  try {
    return accuracy(await modelProcess.predict(images, never()), truth);
  } finally {
    modelProcess.stop();
  }
}

const expectFigure = (found: number, name: string, column: string): void => {
  expect(Math.abs(found - figures[name]![column]!), `${name} ${column}: ${found}`).toBeLessThanOrEqual(POINTS);
};

describe.each(['vgg-mini', 'resnet-mini', 'efficientnet-mini'])('%s through its process', (name) => {
  it('has the reference accuracy on clean and on degraded faces', async () => {
    expectFigure(await measure(classifier(`${name}.onnx`), [], clean), name, 'clean');
    expectFigure(await measure(classifier(`${name}.onnx`), [], degraded), name, 'degraded');
  });

  it('has the reference accuracy on restored faces, reduced with either kernel', async () => {
    const file = `${name}.onnx`;
    expectFigure(await measure(classifier(file, { resize: 'cubic' }), restorer(), degraded), name, 'restored_bicubic');
    expectFigure(
      await measure(classifier(file, { resize: 'lanczos3' }), restorer(), degraded),
      name,
      'restored_lanczos',
    );
  });
});

describe('clip-mini through its process', () => {
  const name = 'clip-mini one prompt';

  it('has the reference accuracy with one prompt', async () => {
    const model = clip(['a photo of a {} face']);
    expectFigure(await measure(model, [], clean), name, 'clean');
    expectFigure(await measure(model, [], degraded), name, 'degraded');
    expectFigure(await measure(model, restorer(), degraded), name, 'restored_bicubic');
  });
});
