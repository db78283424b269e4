import { PIXEL_LIMIT, type Size } from '../images/decode.ts';
import type { Restorer } from '../restoration/restorer.ts';

/** Pixels of pictures that are restored together, each counted at its largest. Beyond that they go one by one. */
const PIXELS_TOGETHER = 16 * 1024 * 1024;

type Sizing = Pick<Restorer, 'sizeAfter'>;

/** A picture's sizes, from the decoded one through what each step makes of it. */
function sizesOf(size: Size, restorers: readonly Sizing[]): Size[] {
  const sizes = [size];
  for (const restorer of restorers) sizes.push(restorer.sizeAfter(sizes.at(-1)!));
  return sizes;
}

/** Why a picture can not be restored, before anything is decoded; null when it can. */
export function refusalOf(size: Size, restorers: readonly Sizing[]): string | null {
  const tooLarge = sizesOf(size, restorers).find(({ width, height }) => width * height > PIXEL_LIMIT);
  if (!tooLarge) return null;
  const { width, height } = tooLarge;
  return `Restored, the image would be ${width} x ${height}: more than ${PIXEL_LIMIT} pixels.`;
}

/** Divides pictures into parts whose pixels can be held together; a picture that is larger is a part of its own. */
export function* partsOf<T extends { picture: Size }>(
  pictures: readonly T[],
  restorers: readonly Sizing[],
): Generator<T[], undefined> {
  let part: T[] = [];
  let pixels = 0;
  for (const one of pictures) {
    const largest = Math.max(...sizesOf(one.picture, restorers).map(({ width, height }) => width * height));
    if (part.length > 0 && pixels + largest > PIXELS_TOGETHER) {
      yield part;
      part = [];
      pixels = 0;
    }
    part.push(one);
    pixels += largest;
  }
  if (part.length > 0) yield part;
}
