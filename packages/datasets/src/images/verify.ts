import sharp from 'sharp';
import { IMPORT_LIMITS, InvalidInput, problem, type ProblemCode } from '@samplewise/domain';
import type { StorableImage } from '../source.ts';
import { factsOf } from './facts.ts';
import { decodeGrey } from './grey.ts';
import { describeUnaccepted, isAnimatedPng, sniffMediaType } from './sniff.ts';

const ACCEPTED = 'PNG, JPEG and WebP that are not animated';

/**
 * Makes sure that bytes are one still image that really decodes. Only bytes that begin like an accepted format reach
 * libvips, so that SVG, PDF and the like are never parsed; the size is read from the header before a pixel is decoded.
 * @param place what the report shall call the image
 * @throws InvalidInput naming the place
 */
export async function verifyImage(bytes: Buffer, place: string): Promise<StorableImage> {
  const refuse = (code: ProblemCode, message: string, detail: { value?: unknown; mend?: string } = {}) =>
    new InvalidInput(problem(code, message, { place, ...detail }));

  if (bytes.length === 0) throw refuse('MALFORMED_IMAGE', 'The file is empty.');
  if (bytes.length > IMPORT_LIMITS.imageBytes) throw imageBytesExceeded(place);
  const mediaType = sniffMediaType(bytes);
  if (mediaType === undefined) {
    const kind = describeUnaccepted(bytes);
    throw refuse('UNSUPPORTED_IMAGE', kind ? `This is ${kind}.` : 'This is not an image.', {
      mend: `Accepted are ${ACCEPTED}.`,
    });
  }
  const malformed = (error: unknown) => refuse('MALFORMED_IMAGE', `The image can't be decoded: ${reason(error)}.`);
  const header = await sharp(bytes, { failOn: 'error', limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw malformed(error);
    });
  if (Math.max(header.width, header.height) > IMPORT_LIMITS.imageSide) {
    throw refuse('IMAGE_TOO_LARGE', `The image is larger than ${IMPORT_LIMITS.imageSide} pixels on a side.`, {
      value: `${header.width} x ${header.height}`,
      mend: 'Shrink or crop it.',
    });
  }
  if ((header.pages ?? 1) > 1 || (mediaType === 'image/png' && isAnimatedPng(bytes))) {
    throw refuse('UNSUPPORTED_IMAGE', 'The image is animated.', { mend: `Accepted are ${ACCEPTED}.` });
  }
  const pixels = await decodeGrey(bytes).catch((error: unknown) => {
    throw malformed(error);
  });
  return { bytes, mediaType, facts: factsOf(pixels) };
}

export function imageBytesExceeded(place: string): InvalidInput {
  return new InvalidInput(
    problem('TOO_LARGE', `The image has more than ${IMPORT_LIMITS.imageBytes} bytes.`, {
      place,
      mend: 'Compress or shrink it.',
    }),
  );
}

/** libvips says several lines, the first of which is for people. */
function reason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0]!.replace(/\.$/, '');
}
