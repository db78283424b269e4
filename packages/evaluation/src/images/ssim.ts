import { exactEstimate, undefinedEstimate, type Estimate } from '../estimate.ts';
import { checkPair, type GreyImage } from './grey-image.ts';

const WINDOW = 11;
const SIGMA = 1.5;
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;
/** mean of a, mean of b, and those of a^2, b^2 and ab */
const MOMENTS = 5;

const GAUSSIAN = Float64Array.from({ length: WINDOW }, (_, i) => Math.exp(-((i - 5) ** 2) / (2 * SIGMA ** 2)));
const TOTAL = GAUSSIAN.reduce((sum, weight) => sum + weight, 0);
const WEIGHTS = GAUSSIAN.map((weight) => weight / TOTAL);

/**
 * Mean structural similarity as in Wang, Bovik, Sheikh and Simoncelli (2004): a Gaussian window of 11 x 11 with standard
 * deviation 1.5, K1 = 0.01, K2 = 0.03, over the places where the window lies within the image. Without the reduction to
 * 256 pixels that the authors suggest for large images. Undefined for images that are smaller than the window.
 * @throws EvaluationInputError when the images are none, or of different sizes
 */
export function ssim(reference: GreyImage, image: GreyImage): Estimate {
  checkPair(reference, image);
  const { width, height } = reference;
  if (width < WINDOW || height < WINDOW) return undefinedEstimate(`the images are smaller than ${WINDOW} x ${WINDOW}`);
  const columns = width - WINDOW + 1;
  const rows = height - WINDOW + 1;
  // The window is the product of a row and a column. Of the rows as many are kept as a column needs.
  const kept = Array.from({ length: WINDOW }, () => new Float64Array(columns * MOMENTS));
  let sum = 0;
  for (let y = 0; y < height; y++) {
    momentsOfRow(reference.data, image.data, y * width, kept[y % WINDOW]!);
    if (y >= WINDOW - 1) sum += similarityOfRow(kept, y - WINDOW + 1);
  }
  return exactEstimate(sum / (columns * rows));
}

/** Weighted moments of one row, at every place of the window. @param start of the row in the images */
function momentsOfRow(a: Uint8Array, b: Uint8Array, start: number, into: Float64Array): void {
  for (let at = 0, from = start; at < into.length; at += MOMENTS, from++) {
    let meanA = 0;
    let meanB = 0;
    let squareA = 0;
    let squareB = 0;
    let product = 0;
    for (let k = 0; k < WINDOW; k++) {
      const weight = WEIGHTS[k]!;
      const x = a[from + k]!;
      const y = b[from + k]!;
      const weighted = weight * x;
      meanA += weighted;
      meanB += weight * y;
      squareA += weighted * x;
      squareB += weight * y * y;
      product += weighted * y;
    }
    into[at] = meanA;
    into[at + 1] = meanB;
    into[at + 2] = squareA;
    into[at + 3] = squareB;
    into[at + 4] = product;
  }
}

/** Sum of the similarities whose windows begin in the row `top`. @param kept the window's rows, as a ring */
function similarityOfRow(kept: readonly Float64Array[], top: number): number {
  const length = kept[0]!.length;
  const moments = new Float64Array(length);
  for (let k = 0; k < WINDOW; k++) {
    const row = kept[(top + k) % WINDOW]!;
    const weight = WEIGHTS[k]!;
    for (let i = 0; i < length; i++) moments[i]! += weight * row[i]!;
  }
  let sum = 0;
  for (let i = 0; i < length; i += MOMENTS) {
    const meanA = moments[i]!;
    const meanB = moments[i + 1]!;
    const varianceA = moments[i + 2]! - meanA * meanA;
    const varianceB = moments[i + 3]! - meanB * meanB;
    const covariance = moments[i + 4]! - meanA * meanB;
    const luminance = (2 * meanA * meanB + C1) / (meanA * meanA + meanB * meanB + C1);
    sum += (luminance * (2 * covariance + C2)) / (varianceA + varianceB + C2);
  }
  return sum;
}
