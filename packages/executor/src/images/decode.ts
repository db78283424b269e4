import { IMPORT_LIMITS } from '@samplewise/domain';
import sharp from 'sharp';

/** 8-bit pixels, rows from the top, channels interleaved: 1 (grey) or 3 (RGB). */
export interface Pixels {
  data: Uint8Array;
  width: number;
  height: number;
  channels: 1 | 3;
}

const OPTIONS = { failOn: 'error', limitInputPixels: IMPORT_LIMITS.imageSide ** 2 } as const;

/** Decodes a picture of any supported form; transparency is dropped. @throws Error when it is broken */
export async function decode(bytes: Uint8Array): Promise<Pixels> {
  const { data, info } = await sharp(bytes, OPTIONS)
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 1 && info.channels !== 3) throw new Error(`the picture has ${info.channels} channels`);
  return { data, width: info.width, height: info.height, channels: info.channels };
}

/** Lossless; the compression level is fixed, so that equal pixels give equal bytes. */
export function encodePng({ data, ...raw }: Pixels): Promise<Buffer> {
  return sharp(data, { raw }).png({ compressionLevel: 6, adaptiveFiltering: false }).toBuffer();
}
