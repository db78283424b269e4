import { problem, type Problem } from '@samplewise/domain';

/** FER-2013's images are 48 x 48, grey. */
export const FER_SIDE = 48;
const PIXELS = FER_SIDE * FER_SIDE;

const ZERO = 48;
const NINE = 57;
const SPACE = 32;
const TAB = 9;

/**
 * Reads 2,304 numbers from 0 to 255, separated by blanks.
 * @returns the pixels, row by row from the top, or what is wrong with them
 */
export function parsePixels(text: string, place: string): Uint8Array | Problem {
  const pixels = new Uint8Array(PIXELS);
  let count = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === SPACE || code === TAB) {
      at++;
      continue;
    }
    let end = at;
    let value = 0;
    let digits = true;
    for (; end < text.length; end++) {
      const digit = text.charCodeAt(end);
      if (digit === SPACE || digit === TAB) break;
      if (digit < ZERO || digit > NINE) digits = false;
      else value = value * 10 + digit - ZERO;
    }
    if (!digits || value > 255) return outOfRange(text.slice(at, end), count, place);
    if (count < PIXELS) pixels[count] = value;
    count++;
    at = end;
  }
  return count === PIXELS ? pixels : wrongCount(count, place);
}

function outOfRange(value: string, index: number, place: string): Problem {
  const x = index % FER_SIDE;
  const y = Math.floor(index / FER_SIDE);
  return problem('PIXEL_RANGE', `Pixel ${index + 1} (x ${x}, y ${y}) is not a whole number from 0 to 255.`, {
    place,
    value,
  });
}

function wrongCount(count: number, place: string): Problem {
  return problem('PIXEL_COUNT', `There are ${count} pixels where ${FER_SIDE} x ${FER_SIDE} = ${PIXELS} are needed.`, {
    place,
    value: count,
    mend: 'Is the file cut off, or are its images of another size? Import other sizes as a folder of images.',
  });
}
