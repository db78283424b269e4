import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';

/** A small picture whose colours follow from its name, so that each is another blob. */
export function picture(name: string, format: 'png' | 'jpeg' | 'webp' = 'png'): Promise<Buffer> {
  const [r, g, b] = createHash('sha256').update(name).digest();
  return sharp({ create: { width: 24, height: 16, channels: 3, background: { r: r!, g: g!, b: b! } } })
    .toFormat(format)
    .toBuffer();
}

/** Noise does not compress, so that cutting it off cuts pixels. */
export function noise(format: 'png' | 'jpeg' | 'webp'): Promise<Buffer> {
  const pixels = Buffer.alloc(64 * 64 * 3);
  for (let i = 0; i < pixels.length; i++) pixels[i] = (i * 2_654_435_761) >>> 24;
  return sharp(pixels, { raw: { width: 64, height: 64, channels: 3 } })
    .toFormat(format)
    .toBuffer();
}

/** A PNG that says to be larger than it is: reading its pixels would fail, or take gigabytes. */
export async function pngClaiming(width: number, height: number): Promise<Buffer> {
  const bytes = Buffer.from(await picture('claim'));
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  return bytes;
}

export async function animatedWebp(): Promise<Buffer> {
  const frames = Buffer.alloc(8 * 16 * 3, 90);
  frames.fill(200, 8 * 8 * 3);
  return sharp(frames, { raw: { width: 8, height: 16, channels: 3, pageHeight: 8 } })
    .webp({ loop: 0, delay: [100, 100] })
    .toBuffer();
}

/** A PNG with an `acTL` chunk before its data, as animated ones have. */
export async function animatedPng(): Promise<Buffer> {
  const still = await picture('animated');
  const chunk = Buffer.alloc(20);
  chunk.writeUInt32BE(8, 0);
  chunk.write('acTL', 4, 'latin1');
  chunk.writeUInt32BE(2, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 16)), 16);
  return Buffer.concat([still.subarray(0, 33), chunk, still.subarray(33)]);
}

export const SVG = Buffer.from(
  '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
);

/** A grey picture of soft waves that follow from its name, as a PNG or, a little changed by it, as a JPEG. */
export function waves(name: string, format: 'png' | 'jpeg' = 'png'): Promise<Buffer> {
  const bytes = [...Array(4).keys()].flatMap((i) => [...createHash('sha256').update(`${name} ${i}`).digest()]);
  const side = 48;
  const pixels = new Uint8ClampedArray(side * side);
  for (let i = 0; i < pixels.length; i++) {
    const [x, y] = [(i % side) / side, Math.floor(i / side) / side];
    pixels[i] = bytes.slice(0, 100).reduce((sum, byte, wave) => {
      const [u, v] = [wave % 10, Math.floor(wave / 10)];
      return sum + ((byte - 128) / (2 + u + v)) * Math.cos(Math.PI * u * x) * Math.cos(Math.PI * v * y);
    }, 128);
  }
  return sharp(new Uint8Array(pixels), { raw: { width: side, height: side, channels: 1 } })
    .toFormat(format, { quality: 95 })
    .toBuffer();
}
