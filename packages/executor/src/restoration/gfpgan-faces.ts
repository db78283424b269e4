import type { GfpganFacesStep } from '@samplewise/domain';
import { imagesAtATime } from '../images/at-a-time.ts';
import type { Pixels, Size } from '../images/decode.ts';
import { resize, toRgb } from '../images/resize.ts';
import type { PhaseClock } from '../model-process/phase-clock.ts';
import { paste } from './blend.ts';
import { cropFace, insideOf, squareOf, uncropFace, type Square } from './face-alignment.ts';
import { faceNetwork } from './gfpgan-network.ts';
import type { NetworkOf } from './network.ts';
import type { Restorer } from './restorer.ts';
import { ultraFace, type FaceBox } from './ultraface.ts';

/** A face that was found: in which picture, and where. */
interface Found {
  image: number;
  square: Square;
}

/**
 * Finds faces, aligns them, restores them and pastes them back. The rest of a picture is only enlarged; one without
 * faces keeps its pixels.
 */
export function gfpganFacesRestorer(step: GfpganFacesStep, networkOf: NetworkOf, place: string): Restorer {
  const faces = faceNetwork(step, networkOf(step.weights.digest), place);
  const detect = ultraFace(step.detector, networkOf(step.detector.weights.digest), `${place}.detector`);
  const { upscale } = step;
  const sizeAfter = ({ width, height }: Size): Size => ({ width: width * upscale, height: height * upscale });

  async function find(images: readonly Pixels[], clock: PhaseClock): Promise<Found[]> {
    const found = await Promise.all(
      images.map(async (picture, image) => {
        const boxes = await detect(picture, clock);
        const squares = boxes.map(squareOf).filter((box, i) => liesIn(boxes[i]!, picture) && box.side > 1);
        return squares.slice(0, step.maxFaces).map((square) => ({ image, square }));
      }),
    );
    return found.flat();
  }

  /** The pictures that faces are pasted into. Those without one stay as they are, grey ones grey. */
  function backgrounds(images: readonly Pixels[], found: readonly Found[]): Promise<Pixels[]> {
    const withFaces = new Set(found.map(({ image }) => image));
    return Promise.all(
      images.map((image, i) =>
        imagesAtATime(async () => {
          const enlarged = await resize(image, sizeAfter(image), 'lanczos3');
          if (!withFaces.has(i)) return enlarged;
          const rgb = toRgb(enlarged);
          return { ...rgb, data: Uint8Array.from(rgb.data) }; // a copy, because it is painted over
        }),
      ),
    );
  }

  return {
    sizeAfter,
    async restore(images, clock) {
      const found = await find(images, clock);
      const results = await clock.measure('PREPROCESSING', () => backgrounds(images, found));
      for (let start = 0; start < found.length; start += faces.batch) {
        const chosen = found.slice(start, start + faces.batch);
        const crops = await clock.measure('PREPROCESSING', () =>
          Promise.all(chosen.map((f) => imagesAtATime(() => cropFace(images[f.image]!, f.square, step.size)))),
        );
        const restored = await faces.restore(crops, clock);
        await clock.measure('PREPROCESSING', async () => {
          const parts = await Promise.all(
            restored.map((face, k) =>
              imagesAtATime(() => uncropFace(face, chosen[k]!.square, images[chosen[k]!.image]!, upscale)),
            ),
          );
          chosen.forEach(({ image, square }, k) => {
            const inside = insideOf(square, images[image]!);
            const at = {
              left: inside.left * upscale,
              top: inside.top * upscale,
              fromLeft: (inside.left - square.left) * upscale,
              fromTop: (inside.top - square.top) * upscale,
            };
            paste(results[image]!, parts[k]!, at, square.side * upscale, step.blend);
          });
        });
      }
      const count = Map.groupBy(found, ({ image }) => image);
      return results.map((pixels, i) => ({ pixels, faces: count.get(i)?.length ?? 0 }));
    },
  };
}

/** The middle of the box lies within the picture. */
function liesIn({ left, top, right, bottom }: FaceBox, { width, height }: Size): boolean {
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return x >= 0 && y >= 0 && x < width && y < height;
}
