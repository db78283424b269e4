import type { OnnxSuperResolutionStep } from '@samplewise/domain';
import type { Pixels } from '../images/decode.ts';
import type { PhaseClock } from '../model-process/phase-clock.ts';
import { findInput, findOutput } from '../models/session.ts';
import { batchOf, checkInput, checkOutput, type Network } from './network.ts';
import type { Restored, Restorer } from './restorer.ts';
import { fromRgbTensor, RANGES, toRgbTensor } from './rgb-tensor.ts';

/** Pixels that a call takes at most, unless one picture has more: networks need some kB for each. */
const PIXELS_IN_A_CALL = 4 * 1024 * 1024;

/** A network that enlarges RGB images of any size; those of one size go together. */
export function superResolutionRestorer(step: OnnxSuperResolutionStep, network: Network, place: string): Restorer {
  const input = findInput(network, undefined, `${place}.weights`);
  const output = findOutput(network, undefined, `${place}.weights`);
  const { batch, fixed } = batchOf(input, step.batch);
  const range = RANGES[step.range];
  const { factor } = step;
  checkInput(input, ['N', 3, 'H', 'W'], `${place}.weights`);

  /** @param images of one size, at most `batch` */
  async function restoreBatch(images: readonly Pixels[], clock: PhaseClock): Promise<Pixels[]> {
    const { width, height } = images[0]!;
    const taken = fixed ? batch : images.length;
    const dims = [taken, 3, height, width];
    checkInput(input, dims, `${place}.weights`);
    const tensor = clock.measureNow('PREPROCESSING', () => toRgbTensor(images, taken, range));
    const [result] = await network.run(input.name, tensor, dims, [output.name], clock);
    const size = { width: width * factor, height: height * factor };
    const wanted = [taken, 3, size.height, size.width];
    const mend = `Of images of ${width} x ${height} it must give such: check the factor, which is ${factor}.`;
    checkOutput(output.name, result!, wanted, `${place}.factor`, mend);
    return clock.measureNow('PREPROCESSING', () =>
      images.map((_, n) => fromRgbTensor(result!.data, n, size, range, place)),
    );
  }

  return {
    sizeAfter: ({ width, height }) => ({ width: width * factor, height: height * factor }),
    async restore(images, clock) {
      const result = new Array<Restored>(images.length);
      const bySize = Map.groupBy(images.keys(), (i) => `${images[i]!.width}x${images[i]!.height}`);
      for (const ofOneSize of bySize.values()) {
        const { width, height } = images[ofOneSize[0]!]!;
        const most = Math.max(1, Math.min(batch, Math.floor(PIXELS_IN_A_CALL / (width * height))));
        const calls = Array.from({ length: Math.ceil(ofOneSize.length / most) }, (_, k) =>
          ofOneSize.slice(k * most, (k + 1) * most),
        );
        // Asked for together: while one is in the network, the next tensor is made and the last one read.
        await Promise.all(
          calls.map(async (chosen) => {
            const made = await restoreBatch(
              chosen.map((i) => images[i]!),
              clock,
            );
            chosen.forEach((i, k) => (result[i] = { pixels: made[k]! }));
          }),
        );
      }
      return result;
    },
  };
}
