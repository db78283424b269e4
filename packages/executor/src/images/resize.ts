import type { ResizeKernel } from '@samplewise/domain';
import sharp, { type Sharp } from 'sharp';
import type { Pixels, Size } from './decode.ts';

/** To a size, without cropping. The same object when it has that size already. */
export async function resize(pixels: Pixels, { width, height }: Size, kernel: ResizeKernel): Promise<Pixels> {
  if (pixels.width === width && pixels.height === height) return pixels;
  return through(pixels, (picture) => picture.resize(width, height, { fit: 'fill', kernel }));
}

/** Takes pixels through operations of sharp; grey ones stay grey. */
export async function through(pixels: Pixels, operations: (picture: Sharp) => Sharp): Promise<Pixels> {
  const { data, width, height, channels } = pixels;
  const picture = operations(sharp(data, { raw: { width, height, channels } }));
  const made = await picture
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: made.data, width: made.info.width, height: made.info.height, channels };
}

/** A grey picture repeated into three channels; the same object when it has them. */
export function toRgb(pixels: Pixels): Pixels {
  if (pixels.channels === 3) return pixels;
  const { data, width, height } = pixels;
  const rgb = new Uint8Array(data.length * 3);
  for (let i = 0, at = 0; i < data.length; i++, at += 3) rgb[at] = rgb[at + 1] = rgb[at + 2] = data[i]!;
  return { data: rgb, width, height, channels: 3 };
}
