import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decode, type Pixels } from '../src/images/decode.ts';
import { openPlainPng, writePng } from '../src/images/png.ts';

const pictures = fc
  .record({
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 40 }),
    channels: fc.constantFrom<1 | 3>(1, 3),
    seed: fc.integer({ min: 1, max: 1000 }),
  })
  .map(({ seed, ...size }): Pixels => {
    const length = size.width * size.height * size.channels;
    return { ...size, data: Uint8Array.from({ length }, (_, i) => (i * seed + ((i * i) >> 3)) % 256) };
  });

const bySharp = ({ data, ...raw }: Pixels) => sharp(data, { raw }).toColourspace(raw.channels === 1 ? 'b-w' : 'srgb');
const plain: Pixels = { data: Uint8Array.from({ length: 64 }, (_, i) => i * 4), width: 8, height: 8, channels: 1 };

describe('a plain PNG', () => {
  it('is read as it was written, and as sharp reads it', async () => {
    await fc.assert(
      fc.asyncProperty(pictures, async (pixels) => {
        const png = await writePng(pixels);
        expect(await writePng(pixels)).toEqual(png);
        expect(await decode(png)).toEqual(pixels);
        const { data, info } = await sharp(png).toColourspace(pixels.channels === 1 ? 'b-w' : 'srgb').raw().toBuffer({ resolveWithObject: true }); // prettier-ignore
        expect([info.width, info.height, info.channels]).toEqual([pixels.width, pixels.height, pixels.channels]);
        expect(new Uint8Array(data)).toEqual(pixels.data);
      }),
      { numRuns: 60 },
    );
  });

  it('of others is read whatever its filters', async () => {
    const seen = new Set<boolean>();
    await fc.assert(
      fc.asyncProperty(pictures, fc.boolean(), fc.integer({ min: 0, max: 9 }), async (pixels, adaptive, level) => {
        const png = await bySharp(pixels).png({ adaptiveFiltering: adaptive, compressionLevel: level }).toBuffer();
        seen.add(openPlainPng(png) !== undefined);
        expect(await decode(png)).toEqual(pixels);
      }),
      { numRuns: 60 },
    );
    expect(seen).toContain(true);
  });
});

describe('what is not a plain PNG is left to sharp', () => {
  it.each<[string, () => Promise<Buffer>]>([
    ['a palette', () => bySharp(plain).png({ palette: true }).toBuffer()],
    ['an alpha channel', () => bySharp(plain).ensureAlpha().png().toBuffer()],
    ['16 bits', () => bySharp(plain).toColourspace('grey16').png().toBuffer()],
    ['interlacing', () => bySharp(plain).png({ progressive: true }).toBuffer()],
    ['a profile', () => bySharp(plain).withIccProfile('srgb').png().toBuffer()],
    ['a JPEG', () => bySharp(plain).jpeg().toBuffer()],
    ['nothing', () => Promise.resolve(Buffer.alloc(0))],
  ])('such as %s', async (_what, make) => {
    expect(openPlainPng(await make())).toBeUndefined();
  });
});

describe('a broken PNG', () => {
  const chunkAt = (png: Buffer, type: string): number => png.indexOf(type, 0, 'latin1') - 4;

  it('is refused where it is cut off within its pixels', async () => {
    const png = await writePng(plain);
    const end = chunkAt(png, 'IEND');
    for (let length = 0; length < end; length++) await expect(decode(png.subarray(0, length))).rejects.toThrow();
  });

  it('is never read as other pixels, whichever bit is wrong', async () => {
    const png = await writePng(plain);
    for (let at = 0; at < png.length; at++) {
      const wrong = Buffer.from(png);
      wrong[at]! ^= 1;
      const read = await decode(wrong).catch(() => undefined);
      if (read) expect([...read.data], `byte ${at}`).toEqual([...plain.data]);
    }
  });

  it('whose header promises other rows than there are is refused, a bomb before it explodes', async () => {
    for (const height of [7, 9, 100_000]) {
      const png = await writePng(plain);
      png.writeUInt32BE(height, 20);
      png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
      await expect(decode(png), String(height)).rejects.toThrow();
    }
  });
});
