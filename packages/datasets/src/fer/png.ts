import { crc32 } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const ADLER_MODULUS = 65_521;
/** A stored deflate block's length has 16 bits. */
const LARGEST_BLOCK = 65_535;

/**
 * An 8-bit grey PNG without compression, so that the same pixels are the same bytes (and a dataset version the same
 * digest) whatever zlib makes of them on another system. A face of 48 x 48 hardly compresses, and takes one block of
 * the file system in either form.
 */
export function encodeGreyPng(pixels: Uint8Array, width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8; // bits per sample; the zeros that follow: grey, deflate, adaptive filters, not interlaced
  const scanlines = Buffer.alloc((width + 1) * height); // each begins with its filter, 0: none
  for (let y = 0; y < height; y++) scanlines.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', storeZlib(scanlines)), chunk('IEND')]);
}

function chunk(type: string, data: Uint8Array = new Uint8Array()): Buffer {
  const bytes = Buffer.alloc(data.length + 12);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}

/** A zlib stream of one stored block (RFC 1950, RFC 1951). */
function storeZlib(data: Uint8Array): Buffer {
  if (data.length > LARGEST_BLOCK) throw new RangeError(`${data.length} bytes do not fit one stored block`);
  const bytes = Buffer.alloc(data.length + 11);
  bytes.set([0x78, 0x01, 0x01]); // window of 32 kB, no preset dictionary; last block, stored
  bytes.writeUInt16LE(data.length, 3);
  bytes.writeUInt16LE(~data.length & 0xffff, 5);
  bytes.set(data, 7);
  bytes.writeUInt32BE(adler32(data), 7 + data.length);
  return bytes;
}

function adler32(data: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of data) {
    a = (a + byte) % ADLER_MODULUS;
    b = (b + a) % ADLER_MODULUS;
  }
  return b * 65_536 + a;
}
