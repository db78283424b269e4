import { EvaluationInputError } from '../errors.ts';
import { checkImage, type GreyImage } from './grey-image.ts';

/**
 * A smaller image, each of its pixels being the mean of the area that it stands for. The same object when it has that
 * size already.
 * @throws EvaluationInputError when it is no image, or would be enlarged
 */
export function reduceImage(image: GreyImage, size: { readonly width: number; readonly height: number }): GreyImage {
  checkImage('image', image);
  const { width, height } = size;
  for (const [name, to, from] of [
    ['width', width, image.width],
    ['height', height, image.height],
  ] as const) {
    if (!(Number.isInteger(to) && to >= 1 && to <= from)) {
      throw new EvaluationInputError(name, `is ${to}, expected a whole number from 1 to ${from}`);
    }
  }
  if (width === image.width && height === image.height) return image;
  const columns = sharesOf(image.width, width);
  const rows = sharesOf(image.height, height);
  // One more row and column, into which nothing of the last pixels falls.
  const stride = width + 1;
  const sums = new Float64Array(stride * (height + 1));
  const row = new Float64Array(stride);
  for (let y = 0; y < image.height; y++) {
    reduceRow(image.data, y * image.width, columns, row.fill(0));
    const start = rows.target[y]! * stride;
    const [here, below] = [rows.share[y]!, rows.next[y]!];
    for (let x = 0; x < width; x++) {
      sums[start + x]! += row[x]! * here;
      sums[start + stride + x]! += row[x]! * below;
    }
  }
  const area = (image.width / width) * (image.height / height);
  const data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++) data[i] = Math.round(sums[i + Math.floor(i / width)]! / area);
  return { data, width, height };
}

/** Adds the pixels of one row up. @param start of the row in the image */
function reduceRow(data: Uint8Array, start: number, { target, share, next }: Shares, into: Float64Array): void {
  for (let x = 0; x < target.length; x++) {
    const value = data[start + x]!;
    const at = target[x]!;
    into[at]! += value * share[x]!;
    into[at + 1]! += value * next[x]!;
  }
}

interface Shares {
  target: Int32Array;
  share: Float64Array;
  next: Float64Array;
}

/** For each pixel of a side the first pixel that it falls into, its share in that one, and in the one after. */
function sharesOf(from: number, to: number): Shares {
  const target = new Int32Array(from);
  const share = new Float64Array(from);
  const next = new Float64Array(from);
  for (let i = 0; i < from; i++) {
    // In 1 / (from * to) of the side, so that everything is a whole number.
    target[i] = Math.floor((i * to) / from);
    const beyond = Math.max(0, (i + 1) * to - (target[i]! + 1) * from);
    share[i] = (to - beyond) / to;
    next[i] = beyond / to;
  }
  return { target, share, next };
}
