import { checkImage, type GreyImage } from './grey-image.ts';
import { reduceImage } from './reduce-image.ts';

/** To which a picture is brought, whatever its shape. */
const SIDE = 32;
/** Frequencies in each direction that the hash is made of, from 1 on: 8 x 8 bits. */
const FREQUENCIES = 8;
const BITS = FREQUENCIES * FREQUENCIES;

/** Of the discrete cosine transform (DCT-II): a row for each frequency. */
const WAVES = Array.from({ length: FREQUENCIES }, (_, f) =>
  Float64Array.from({ length: SIDE }, (_, i) => Math.cos((Math.PI * (2 * i + 1) * (f + 1)) / (2 * SIDE))),
);

/**
 * 64 bits that differ little between pictures that look alike: of the lowest frequencies of the picture, which of them
 * are above their median (pHash; Zauner, 2010). Brightness, contrast, size, small crops and compression change few bits;
 * mirroring and turning change many. What shows nothing has a hash of its noise.
 * @throws EvaluationInputError when it is no image
 */
export function perceptualHash(image: GreyImage): bigint {
  checkImage('image', image);
  const { data } = reduceImage(enlarged(image), { width: SIDE, height: SIDE });
  const values = frequenciesOf(data);
  const ascending = values.toSorted();
  const median = (ascending[BITS / 2 - 1]! + ascending[BITS / 2]!) / 2;
  return values.reduce((hash, value) => (hash << 1n) | (value > median ? 1n : 0n), 0n);
}

/** Each pixel as a square of pixels where there are too few. */
function enlarged(image: GreyImage): GreyImage {
  const times = Math.ceil(SIDE / Math.min(image.width, image.height));
  if (times <= 1) return image;
  // Along a side that is long enough nothing is gained: a picture of 1 x 8,000 pixels would become large.
  const [across, down] = [image.width < SIDE ? times : 1, image.height < SIDE ? times : 1];
  const [width, height] = [image.width * across, image.height * down];
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / down) * image.width;
    for (let x = 0; x < width; x++) data[y * width + x] = image.data[row + Math.floor(x / across)]!;
  }
  return { data, width, height };
}

/** The transform's coefficients, rows of the picture first. */
function frequenciesOf(pixels: Uint8Array): Float64Array {
  const rows = new Float64Array(FREQUENCIES * SIDE);
  for (let y = 0; y < SIDE; y++) {
    for (let f = 0; f < FREQUENCIES; f++) {
      const wave = WAVES[f]!;
      let sum = 0;
      for (let x = 0; x < SIDE; x++) sum += pixels[y * SIDE + x]! * wave[x]!;
      rows[f * SIDE + y] = sum;
    }
  }
  const values = new Float64Array(BITS);
  for (let v = 0; v < FREQUENCIES; v++) {
    const wave = WAVES[v]!;
    for (let u = 0; u < FREQUENCIES; u++) {
      let sum = 0;
      for (let y = 0; y < SIDE; y++) sum += rows[u * SIDE + y]! * wave[y]!;
      values[v * FREQUENCIES + u] = sum;
    }
  }
  return values;
}
