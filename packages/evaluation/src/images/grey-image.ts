import { EvaluationInputError } from '../errors.ts';

/** One channel of 8 bits, rows from the top: grey, or the luma of colours. */
export interface GreyImage {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** @throws EvaluationInputError when the size is none, or there is not one byte a pixel */
export function checkImage(argument: string, { data, width, height }: GreyImage): void {
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) {
    throw new EvaluationInputError(argument, `is ${width} x ${height} pixels, expected whole numbers above 0`);
  }
  if (data.length !== width * height) {
    throw new EvaluationInputError(argument, `has ${data.length} bytes, expected ${width} x ${height}`);
  }
}

/** @throws EvaluationInputError when one is no image, or their sizes differ */
export function checkPair(reference: GreyImage, image: GreyImage): void {
  checkImage('reference', reference);
  checkImage('image', image);
  if (reference.width !== image.width || reference.height !== image.height) {
    const [has, wants] = [image, reference].map(({ width, height }) => `${width} x ${height}`);
    throw new EvaluationInputError('image', `is ${has} pixels, the reference ${wants}`);
  }
}
