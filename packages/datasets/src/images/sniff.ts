import type { StorableImage } from '../source.ts';

type MediaType = StorableImage['mediaType'];

const ACCEPTED: readonly { mediaType: MediaType; is: (bytes: Buffer) => boolean }[] = [
  { mediaType: 'image/png', is: (b) => b.subarray(0, 8).toString('latin1') === '\x89PNG\r\n\x1a\n' },
  { mediaType: 'image/jpeg', is: (b) => b[0] === 0xff && b[1] === 0xd8 && b[2] === 0xff },
  { mediaType: 'image/webp', is: (b) => ascii(b, 0, 4) === 'RIFF' && ascii(b, 8, 12) === 'WEBP' },
];

const OTHERS: readonly { name: string; is: (bytes: Buffer) => boolean }[] = [
  { name: 'a GIF', is: (b) => /^GIF8[79]a/.test(ascii(b, 0, 6)) },
  { name: 'a BMP', is: (b) => ascii(b, 0, 2) === 'BM' },
  { name: 'a TIFF', is: (b) => ['II*\0', 'MM\0*'].includes(ascii(b, 0, 4)) },
  { name: 'a HEIC or AVIF', is: (b) => ascii(b, 4, 8) === 'ftyp' },
  { name: 'a PDF', is: (b) => ascii(b, 0, 5) === '%PDF-' },
  { name: 'an SVG', is: (b) => /<svg[\s>]/i.test(ascii(b, 0, 4096).replaceAll('\0', '')) },
  { name: 'gzip-compressed data', is: (b) => b[0] === 0x1f && b[1] === 0x8b },
  { name: 'a web page or XML', is: (b) => /^\s*</.test(ascii(b, 0, 256).replace(/^\xef\xbb\xbf/, '')) },
];

/** The type of an image by its first bytes, never by its name; undefined when it is none that we accept. */
export function sniffMediaType(bytes: Buffer): MediaType | undefined {
  return ACCEPTED.find(({ is }) => is(bytes))?.mediaType;
}

/** What bytes that are not accepted seem to be, for the message. */
export function describeUnaccepted(bytes: Buffer): string | undefined {
  return OTHERS.find(({ is }) => is(bytes))?.name;
}

/** An animated PNG has an `acTL` chunk before its image data; libvips would read its first frame and say nothing. */
export function isAnimatedPng(bytes: Buffer): boolean {
  for (let at = 8; at + 8 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const type = ascii(bytes, at + 4, at + 8);
    if (type === 'acTL') return true;
    if (type === 'IDAT') return false;
  }
  return false;
}

function ascii(bytes: Buffer, start: number, end: number): string {
  return bytes.subarray(start, end).toString('latin1');
}
