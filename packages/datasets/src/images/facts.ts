import type { ImageMeasurements } from '@samplewise/database';
import { imageFigures, perceptualHash, reduceImage, type GreyImage } from '@samplewise/evaluation';

/** Larger images are reduced for their figures, as the executor does for those of restored ones. */
const LONGEST_SIDE = 512;

/** Measures an image; some 0.1 ms for one of 48 x 48. */
export function factsOf(image: GreyImage): ImageMeasurements {
  const { width, height } = image;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const [reducedWidth, reducedHeight] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
  const reduced = reduceImage(image, { width: reducedWidth!, height: reducedHeight! });
  const { brightness, contrast, sharpness } = imageFigures(reduced);
  return {
    width,
    height,
    brightness: brightness.value!,
    contrast: contrast.value!,
    sharpness: sharpness.value,
    hash: perceptualHash(reduced),
  };
}
