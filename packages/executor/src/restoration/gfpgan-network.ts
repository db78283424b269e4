import type { GfpganStep } from '@samplewise/domain';
import type { Pixels } from '../images/decode.ts';
import type { PhaseClock } from '../model-process/phase-clock.ts';
import { findInput, findOutput } from '../models/session.ts';
import { batchOf, checkInput, checkOutput, type Network } from './network.ts';
import { fromRgbTensor, RANGES, toRgbTensor } from './rgb-tensor.ts';

export interface FaceNetwork {
  /** Faces in a call, at most. */
  batch: number;
  /** @param faces RGB or grey, size x size, at most `batch` */
  restore(faces: readonly Pixels[], clock: PhaseClock): Promise<Pixels[]>;
}

/**
 * GFPGAN's contract (Wang, Li, Zhang and Shan, 2021; inference of TencentARC/GFPGAN): aligned faces, RGB in -1..1,
 * [N,3,512,512] -> the same, restored. Its further outputs, if it has any, are not read.
 * @throws InvalidInput when the file and the step do not fit
 */
export function faceNetwork(step: GfpganStep, network: Network, place: string): FaceNetwork {
  const input = findInput(network, step.input, `${place}.input`);
  const output = findOutput(network, step.output, `${place}.output`);
  const { size } = step;
  const { batch, fixed } = batchOf(input, step.batch);
  checkInput(input, ['N', 3, size, size], `${place}.size`);
  return {
    batch,
    async restore(faces, clock) {
      const taken = fixed ? batch : faces.length;
      const dims = [taken, 3, size, size];
      const tensor = clock.measureNow('PREPROCESSING', () => toRgbTensor(faces, taken, RANGES['-1..1']));
      const [result] = await network.run(input.name, tensor, dims, [output.name], clock);
      checkOutput(output.name, result!, dims, `${place}.output`, 'Name the output that holds the restored faces.');
      return clock.measureNow('PREPROCESSING', () =>
        faces.map((_, n) => fromRgbTensor(result!.data, n, { width: size, height: size }, RANGES['-1..1'], place)),
      );
    },
  };
}
