import { exactEstimate, undefinedEstimate, type Estimate } from '../estimate.ts';
import { checkImage, type GreyImage } from './grey-image.ts';

/** What can be said of an image without another one to hold it against. */
export interface ImageFigures {
  /** Mean, 0 (black) to 255. */
  readonly brightness: Estimate;
  /** Standard deviation of the pixels. */
  readonly contrast: Estimate;
  /** Variance of the Laplacian (Pech-Pacheco et al., 2000): larger is sharper, noise counts as sharpness. */
  readonly sharpness: Estimate;
  /** Standard deviation of the noise, estimated as by Immerkær (1996); fine texture counts as noise. */
  readonly noise: Estimate;
}

/**
 * Brightness, contrast, sharpness and noise. The last two are of the pixels that have all neighbours: undefined for
 * images below 3 x 3. They depend on the size of the image, so compare images of one size.
 * @throws EvaluationInputError when it is no image
 */
export function imageFigures(image: GreyImage): ImageFigures {
  checkImage('image', image);
  const { mean, variance } = momentsOf(image);
  const inner = edgesOf(image);
  const small = undefinedEstimate('the image is smaller than 3 x 3');
  return {
    brightness: exactEstimate(mean),
    contrast: exactEstimate(Math.sqrt(variance)),
    sharpness: inner ? exactEstimate(inner.laplacianVariance) : small,
    noise: inner ? exactEstimate(inner.noise) : small,
  };
}

function momentsOf({ data }: GreyImage): { mean: number; variance: number } {
  // Whole numbers: exact up to 2^53, as are the squares of 10^11 pixels.
  let [sum, squares] = [0, 0];
  for (const value of data) {
    sum += value;
    squares += value * value;
  }
  return varianceOf(sum, squares, data.length);
}

/** @returns undefined when no pixel has all neighbours */
function edgesOf({ data, width, height }: GreyImage): { laplacianVariance: number; noise: number } | undefined {
  const pixels = (width - 2) * (height - 2);
  if (width < 3 || height < 3) return undefined;
  let [sum, squares, absolute] = [0, 0, 0];
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
      const cross = data[i - 1]! + data[i + 1]! + data[i - width]! + data[i + width]!;
      const corners = data[i - width - 1]! + data[i - width + 1]! + data[i + width - 1]! + data[i + width + 1]!;
      const laplacian = cross - 4 * data[i]!;
      sum += laplacian;
      squares += laplacian * laplacian;
      // The difference of two Laplacians: edges cancel out, noise stays.
      absolute += Math.abs(corners - 2 * cross + 4 * data[i]!);
    }
  }
  return {
    laplacianVariance: varianceOf(sum, squares, pixels).variance,
    noise: (Math.sqrt(Math.PI / 2) * absolute) / (6 * pixels),
  };
}

function varianceOf(sum: number, squares: number, n: number): { mean: number; variance: number } {
  const mean = sum / n;
  return { mean, variance: Math.max(0, squares / n - mean * mean) };
}
