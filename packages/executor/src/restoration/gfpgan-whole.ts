import type { GfpganWholeStep } from '@samplewise/domain';
import { imagesAtATime } from '../images/at-a-time.ts';
import type { Pixels, Size } from '../images/decode.ts';
import { resize, toRgb } from '../images/resize.ts';
import type { PhaseClock } from '../model-process/phase-clock.ts';
import { mix } from './blend.ts';
import { faceNetwork } from './gfpgan-network.ts';
import type { Network } from './network.ts';
import type { Restored, Restorer } from './restorer.ts';

/** Kernel of enlargements before and after the network; the original's, too, where a part of it stays. */
const KERNEL = 'cubic';

/** Pictures that are a face already: stretched to the network's square, restored, and brought to the wanted size. */
export function gfpganWholeRestorer(step: GfpganWholeStep, network: Network, place: string): Restorer {
  const faces = faceNetwork(step, network, place);
  const square = { width: step.size, height: step.size };
  const sizeAfter = ({ width, height }: Size): Size =>
    step.upscale === undefined ? square : { width: width * step.upscale, height: height * step.upscale };

  async function restoreBatch(images: readonly Pixels[], clock: PhaseClock): Promise<Restored[]> {
    const squares = await clock.measure('PREPROCESSING', () =>
      Promise.all(images.map((image) => imagesAtATime(() => resize(image, square, KERNEL)))),
    );
    const restored = await faces.restore(squares, clock);
    return clock.measure('PREPROCESSING', () =>
      Promise.all(
        restored.map((face, i) =>
          imagesAtATime(async () => {
            const blended = step.blend === 1 ? face : mix(toRgb(squares[i]!), face, step.blend);
            return { pixels: await resize(blended, sizeAfter(images[i]!), KERNEL) };
          }),
        ),
      ),
    );
  }

  return {
    sizeAfter,
    async restore(images, clock) {
      const result: Restored[] = [];
      for (let start = 0; start < images.length; start += faces.batch) {
        result.push(...(await restoreBatch(images.slice(start, start + faces.batch), clock)));
      }
      return result;
    },
  };
}
