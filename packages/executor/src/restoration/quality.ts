import { imageFigures, psnr, reduceImage, ssim } from '@samplewise/evaluation';
import type { Pixels } from '../images/decode.ts';
import { toGrey } from '../images/tensor.ts';

/** Of an image's luma; null where it is too small. See packages/evaluation's ImageFigures. */
export interface PictureFigures {
  brightness: number;
  contrast: number;
  sharpness: number | null;
  noise: number | null;
}

/** What a restoration step did to a picture. */
export interface RestorationQuality {
  /** Decibels, of the result against what it was made of; null when they are equal. */
  psnr: number | null;
  ssim: number | null;
  before: PictureFigures;
  after: PictureFigures;
}

/** Larger pictures are reduced for their figures, which would take longer than many a step. */
const LONGEST_SIDE = 512;

/**
 * Figures of a picture before and after a step, at one size: that of the smaller one, to which the larger is reduced by
 * averaging, and at most 512 pixels.
 */
export function restorationQuality(before: Pixels, after: Pixels): RestorationQuality {
  const width = Math.min(before.width, after.width);
  const height = Math.min(before.height, after.height);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const [reference, result] = [before, after].map((pixels) => reduceImage(toGrey(pixels), size));
  return {
    psnr: psnr(reference!, result!).value,
    ssim: ssim(reference!, result!).value,
    before: figuresOf(reference!),
    after: figuresOf(result!),
  };
}

function figuresOf(image: Parameters<typeof imageFigures>[0]): PictureFigures {
  const { brightness, contrast, sharpness, noise } = imageFigures(image);
  return {
    brightness: brightness.value!,
    contrast: contrast.value!,
    sharpness: sharpness.value,
    noise: noise.value,
  };
}
