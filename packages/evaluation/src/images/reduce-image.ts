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
  for (let y = 0; y < image.height; y++) {
    const start = rows.target[y]! * stride;
    for (let x = 0; x < image.width; x++) {
      const value = image.data[y * image.width + x]!;
      const at = start + columns.target[x]!;
      const here = value * rows.share[y]!;
      const below = value * rows.next[y]!;
      sums[at]! += here * columns.share[x]!;
      sums[at + 1]! += here * columns.next[x]!;
      sums[at + stride]! += below * columns.share[x]!;
      sums[at + stride + 1]! += below * columns.next[x]!;
    }
  }
  const area = (image.width / width) * (image.height / height);
  const data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++) data[i] = Math.round(sums[i + Math.floor(i / width)]! / area);
  return { data, width, height };
}

/** For each pixel of a side the first pixel that it falls into, its share in that one, and in the one after. */
function sharesOf(from: number, to: number): { target: Int32Array; share: Float64Array; next: Float64Array } {
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
