import type { Pixels, Size } from '../images/decode.ts';
import { through } from '../images/resize.ts';
import type { FaceBox } from './ultraface.ts';

/** A square of a picture, in its pixels; it may reach over the edge. */
export interface Square {
  left: number;
  top: number;
  side: number;
}

interface Region extends Size {
  left: number;
  top: number;
}

/**
 * Where the box of a face lies in an aligned picture of 512: 336 high, its middle at 280 from the top. FFHQ's template
 * (Karras et al., 2019; facexlib's `face_template`) has the eyes at 240 and the mouth at 371; in a detector's box, from
 * the brow to the chin, they are at 38 % and 77 % of the height.
 */
const TEMPLATE = { size: 512, boxHeight: 336, middle: 280 } as const;

/**
 * The square of a picture that becomes the aligned face: scaled and moved to FFHQ's template, not turned, because a
 * detector of boxes does not tell how a face leans. In whole pixels, so that a square of the network's own size is taken
 * and given back as it is.
 */
export function squareOf({ left, top, right, bottom }: FaceBox): Square {
  // The longer edge: of a face in profile the box is narrow.
  const side = Math.max(1, Math.round((Math.max(right - left, bottom - top) * TEMPLATE.size) / TEMPLATE.boxHeight));
  return {
    left: Math.round((left + right) / 2 - side / 2),
    top: Math.round((top + bottom) / 2 - (side * TEMPLATE.middle) / TEMPLATE.size),
    side,
  };
}

/** The square's part that lies in the picture, in the picture's pixels. */
export function insideOf({ left, top, side }: Square, { width, height }: Size): Region {
  const region = { left: Math.max(0, left), top: Math.max(0, top) };
  return {
    ...region,
    width: Math.min(width, left + side) - region.left,
    height: Math.min(height, top + side) - region.top,
  };
}

/** Where that part lies in the aligned face, in its pixels. @param size of the aligned face */
function alignedOf(square: Square, inside: Region, size: number): Region {
  const scale = size / square.side;
  const [left, width] = span(inside.left - square.left, inside.width);
  const [top, height] = span(inside.top - square.top, inside.height);
  return { left, top, width, height };

  function span(start: number, length: number): [start: number, length: number] {
    const from = Math.min(size - 1, Math.round(start * scale));
    return [from, Math.max(1, Math.round((start + length) * scale) - from)];
  }
}

/** The aligned face, size x size. Beyond the picture's edge it is mirrored. */
export function cropFace(image: Pixels, square: Square, size: number): Promise<Pixels> {
  const inside = insideOf(square, image);
  const { left, top, width, height } = alignedOf(square, inside, size);
  // sharp extracts, resizes and extends in this order.
  return through(image, (picture) =>
    picture
      .extract(inside)
      .resize(width, height, { fit: 'fill', kernel: 'cubic' })
      .extend({ left, top, right: size - left - width, bottom: size - top - height, extendWith: 'mirror' }),
  );
}

/**
 * The part of an aligned face that lies in the picture, as large as it is there: the inverse of `cropFace`.
 * @param times the picture is enlarged
 */
export function uncropFace(face: Pixels, square: Square, image: Size, times: number): Promise<Pixels> {
  const inside = insideOf(square, image);
  return through(face, (picture) =>
    picture
      .extract(alignedOf(square, inside, face.width))
      .resize(inside.width * times, inside.height * times, { fit: 'fill', kernel: 'cubic' }),
  );
}
