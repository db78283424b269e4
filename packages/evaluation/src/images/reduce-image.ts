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
  const sums = new Float64Array(width * height);
  rows.forEach(({ target, share, next }, y) => {
    columns.forEach((column, x) => {
      const value = image.data[y * image.width + x]!;
      const at = target * width + column.target;
      const [first, second] = [value * share, value * next];
      sums[at]! += first * column.share;
      if (column.next > 0) sums[at + 1]! += first * column.next;
      if (next === 0) return;
      sums[at + width]! += second * column.share;
      if (column.next > 0) sums[at + width + 1]! += second * column.next;
    });
  });
  const area = (image.width / width) * (image.height / height);
  return { data: Uint8Array.from(sums, (sum) => Math.round(sum / area)), width, height };
}

/** For each pixel of a side the first pixel that it falls into, its share in that one, and in the one after. */
function sharesOf(from: number, to: number): { target: number; share: number; next: number }[] {
  return Array.from({ length: from }, (_, i) => {
    // In 1 / (from * to) of the side, so that everything is a whole number.
    const [start, end] = [i * to, (i + 1) * to];
    const target = Math.floor(start / from);
    const edge = (target + 1) * from;
    const beyond = Math.max(0, end - edge);
    return { target, share: (end - start - beyond) / to, next: beyond / to };
  });
}
