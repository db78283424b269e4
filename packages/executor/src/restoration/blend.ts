import type { Pixels } from '../images/decode.ts';

/** Two pictures of one size and three channels, mixed. @param share of the second one, 0 to 1 */
export function mix(below: Pixels, above: Pixels, share: number): Pixels {
  const data = below.data.map((value, i) => Math.round(value + (above.data[i]! - value) * share));
  return { ...below, data };
}

/**
 * Pastes a part of a face into a picture, in place.
 * @param picture RGB
 * @param part RGB, wholly within the picture
 * @param at where it goes in the picture, and where it comes from in the face
 * @param side of the whole face: towards its border it fades out
 * @param share of the face at its middle, 0 to 1
 */
export function paste(
  picture: Pixels,
  part: Pixels,
  at: { left: number; top: number; fromLeft: number; fromTop: number },
  side: number,
  share: number,
): void {
  const fade = fadeOf(side);
  for (let y = 0; y < part.height; y++) {
    for (let x = 0; x < part.width; x++) {
      const weight = fade[at.fromTop + y]! * fade[at.fromLeft + x]! * share;
      const into = ((at.top + y) * picture.width + at.left + x) * 3;
      const from = (y * part.width + x) * 3;
      for (let c = 0; c < 3; c++) {
        const value = picture.data[into + c]!;
        picture.data[into + c] = Math.round(value + (part.data[from + c]! - value) * weight);
      }
    }
  }
}

/** Share of a face's side over which it fades in; in facexlib, too, a tenth is lost at each edge before it is blurred. */
const MARGIN = 0.1;

/**
 * Weights along one side of the mask, 0 at the border and 1 in the middle. A rectangle that is blurred by a Gaussian is
 * the product of two such lines.
 */
export function fadeOf(side: number): Float64Array {
  const margin = side * MARGIN;
  return Float64Array.from({ length: side }, (_, i) => {
    const distance = Math.min(i, side - 1 - i);
    if (distance <= 0) return 0;
    // The edge is in the middle of the margin, three standard deviations from its ends.
    return distance >= margin ? 1 : normal(((distance - margin / 2) * 6) / margin);
  });
}

/** The normal distribution function to 0.0095, by a logistic curve (Bowling et al., 2009). */
const normal = (z: number): number => 1 / (1 + Math.exp(-1.702 * z));
