import { IMPORT_LIMITS } from '@samplewise/domain';
import type { GreyImage } from '@samplewise/evaluation';
import sharp from 'sharp';

const GREY_SPACES = new Set(['b-w', 'grey16']);
/** Luma of ITU-R BT.601, as the executor takes it; in each of three channels, of which the first is kept. */
const LUMA: [number, number, number] = [0.299, 0.587, 0.114];

/**
 * Decodes every pixel of an image that was imported, upright, to its luma: one channel, so that the largest image takes
 * 64 MB and not 256.
 * @throws Error when it is broken
 */
export async function decodeGrey(bytes: Uint8Array): Promise<GreyImage> {
  const picture = sharp(bytes, {
    failOn: 'error',
    limitInputPixels: IMPORT_LIMITS.imageSide ** 2,
    sequentialRead: true,
  });
  const { space } = await picture.metadata();
  const upright = picture.autoOrient().removeAlpha();
  const grey = GREY_SPACES.has(space)
    ? upright.toColourspace('b-w')
    : upright.toColourspace('srgb').recomb([LUMA, LUMA, LUMA]).extractChannel(0);
  const { data, info } = await grey.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
