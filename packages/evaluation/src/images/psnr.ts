import { exactEstimate, undefinedEstimate, type Estimate } from '../estimate.ts';
import { checkPair, type GreyImage } from './grey-image.ts';

/**
 * Peak signal-to-noise ratio in decibels: 10 log10(255^2 / mean squared error). Undefined for equal images, which have
 * no error.
 * @throws EvaluationInputError when the images are none, or of different sizes
 */
export function psnr(reference: GreyImage, image: GreyImage): Estimate {
  checkPair(reference, image);
  let sum = 0;
  for (let i = 0; i < reference.data.length; i++) {
    const error = reference.data[i]! - image.data[i]!;
    sum += error * error;
  }
  if (sum === 0) return undefinedEstimate('the images are equal');
  return exactEstimate(10 * Math.log10((255 * 255 * reference.data.length) / sum));
}
