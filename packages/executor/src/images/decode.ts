import { IMPORT_LIMITS } from '@samplewise/domain';
import sharp from 'sharp';
import { decodePlainPng, openPlainPng } from './png.ts';

export interface Size {
  width: number;
  height: number;
}

/** 8-bit pixels, rows from the top, channels interleaved: 1 (grey) or 3 (RGB). */
export interface Pixels extends Size {
  data: Uint8Array;
  channels: 1 | 3;
}

/** A picture whose header has been read. */
export interface OpenPicture extends Size {
  /** @throws Error when it is broken */
  decode(): Promise<Pixels>;
}

/** More pixels are neither decoded nor made. */
export const PIXEL_LIMIT = IMPORT_LIMITS.imageSide ** 2;

/** Of sharp, for pictures that people gave us. */
export const PICTURE_OPTIONS = { failOn: 'error', limitInputPixels: PIXEL_LIMIT } as const;
const GREY_SPACES = new Set(['b-w', 'grey16']);

/**
 * Opens a picture of any supported form: its pixels are upright as people see it, without transparency. Grey pictures
 * stay grey: a third of the bytes, and half of the time.
 * @throws Error when it is no picture
 */
export async function openPicture(bytes: Uint8Array): Promise<OpenPicture> {
  const plain = openPlainPng(bytes);
  if (plain && plain.width * plain.height <= PIXEL_LIMIT) {
    return { width: plain.width, height: plain.height, decode: () => decodePlainPng(plain) };
  }
  const picture = sharp(bytes, PICTURE_OPTIONS);
  const { space, autoOrient } = await picture.metadata();
  return {
    ...autoOrient,
    async decode() {
      const { data, info } = await picture
        .autoOrient()
        .removeAlpha()
        .toColourspace(GREY_SPACES.has(space) ? 'b-w' : 'srgb')
        .raw({ depth: 'uchar' })
        .toBuffer({ resolveWithObject: true });
      if (info.channels !== 1 && info.channels !== 3) throw new Error(`the picture has ${info.channels} channels`);
      return { data, width: info.width, height: info.height, channels: info.channels };
    },
  };
}

/** @throws Error when it is broken */
export async function decode(bytes: Uint8Array): Promise<Pixels> {
  return (await openPicture(bytes)).decode();
}
