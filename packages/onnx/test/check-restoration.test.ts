import { restorationSteps } from '@samplewise/domain';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { modelFile } from '../../executor/test/support/demo-box.ts';
import { GraphWriter, type Size } from '../../executor/test/support/graph-writer.ts';
import { tinyClassifier } from '../../executor/test/support/tiny-onnx.ts';
import { tinyDetector, tinyFaceNetwork } from '../../executor/test/support/tiny-restorers.ts';
import { checkRestorationFiles } from '../src/index.ts';

const [WEIGHTS, DETECTOR] = ['a'.repeat(64), 'b'.repeat(64)];

async function check(step: object, weights: Uint8Array, detector?: Uint8Array) {
  // The second step, so that places tell which.
  const steps = restorationSteps.parse([{ kind: 'normalise' }, { weights: { digest: WEIGHTS }, ...step }]);
  return checkRestorationFiles(steps, (digest, use) => {
    const bytes = digest === DETECTOR ? detector! : weights;
    return use({ size: bytes.length, read: (start, length) => Promise.resolve(bytes.subarray(start, start + length)) });
  });
}

const enlarging = { kind: 'onnx-super-resolution', factor: 2, range: '0..1' };
const faces = { kind: 'gfpgan', mode: 'whole' };
const detecting = { kind: 'gfpgan', mode: 'faces', detector: { weights: { digest: DETECTOR } } };

function network(input: Size[], output: Size[]): Uint8Array {
  const g = new GraphWriter('restorer');
  g.output('out', output, g.input('in', input));
  return g.finish();
}

describe('steps of a restoration held against their files', () => {
  it('fit', async () => {
    expect(await check(enlarging, await readFile(modelFile('face-restorer-mini-x2.onnx')))).toEqual([]);
    expect(await check(enlarging, network([1, 3, 24, 24], [1, 3, 48, 48]))).toEqual([]);
    expect(await check(faces, tinyFaceNetwork())).toEqual([]);
    expect(await check(detecting, tinyFaceNetwork(), tinyDetector([]))).toEqual([]);
  });

  it.each<[string, object, Uint8Array, string, string]>([
    ['no graph', faces, Buffer.from('nothing'), '1.weights', 'export it again'],
    ['a network of grey images', enlarging, tinyClassifier(), '1.weights', 'float32 [N, 3, H, W]'],
    ['another factor', enlarging, network([1, 3, 24, 24], [1, 3, 96, 96]), '1.factor', 'Say 4.'],
    ['another size', faces, tinyFaceNetwork({ size: 256 }), '1.size', 'Say 256.'],
    ['another output', faces, tinyFaceNetwork({ output: 'restored' }), '1.output', "Name 'restored'."],
    ['another input', { ...faces, input: 'inputs' }, tinyFaceNetwork(), '1.input', "Name 'input'."],
  ])('%s is refused with the nearest right value', async (_, step, weights, place, mend) => {
    const [problem] = await check(step, weights);
    expect(problem).toMatchObject({ place, mend: expect.stringContaining(mend) as string });
  });

  it('a detector that is none is refused', async () => {
    const problems = await check(detecting, tinyFaceNetwork(), tinyFaceNetwork());
    expect(problems).toMatchObject([
      { place: '1.detector.weights', message: expect.stringContaining("no output 'scores'") as string },
      { place: '1.detector.weights', message: expect.stringContaining("no output 'boxes'") as string },
    ]);
  });
});
