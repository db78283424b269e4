import { IMPORT_LIMITS } from '@samplewise/domain';
import sharp from 'sharp';

/** 8-bit pixels, rows from the top, channels interleaved: 1 (grey) or 3 (RGB). */
export interface Pixels {
  data: Uint8Array;
  width: number;
  height: number;
  channels: 1 | 3;
}

/** Of sharp, for pictures that people gave us. */
export const PICTURE_OPTIONS = { failOn: 'error', limitInputPixels: IMPORT_LIMITS.imageSide ** 2 } as const;
const GREY_SPACES = new Set(['b-w', 'grey16']);

/**
 * Decodes a picture of any supported form, upright as people see it; transparency is dropped. Grey pictures stay grey:
 * a third of the bytes, and half of the time.
 * @throws Error when it is broken
 */
export async function decode(bytes: Uint8Array): Promise<Pixels> {
  const picture = sharp(bytes, PICTURE_OPTIONS);
  const { space } = await picture.metadata();
  const { data, info } = await picture
    .autoOrient()
    .removeAlpha()
    .toColourspace(GREY_SPACES.has(space) ? 'b-w' : 'srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 1 && info.channels !== 3) throw new Error(`the picture has ${info.channels} channels`);
  return { data, width: info.width, height: info.height, channels: info.channels };
}

/** Lossless; the compression level is fixed, so that equal pixels give equal bytes. */
export function encodePng({ data, ...raw }: Pixels): Promise<Buffer> {
  return sharp(data, { raw }).png({ compressionLevel: 6, adaptiveFiltering: false }).toBuffer();
}
