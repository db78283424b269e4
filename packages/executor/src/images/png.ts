import { constants, crc32, deflate, inflate } from 'node:zlib';
import { promisify } from 'node:util';
import type { Pixels, Size } from './decode.ts';

/**
 * The plain PNGs in which restored pictures and small samples are stored (W3C PNG, third edition): 8 bits, grey or RGB,
 * not interlaced. libvips needs a millisecond to set up its pipeline for a picture, several times what a face of 48 x 48
 * takes; everything else is left to it.
 */
const compress = promisify(deflate);
const decompress = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflate);

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const CHANNELS: Readonly<Record<number, 1 | 3>> = { 0: 1, 2: 3 };
/** Chunks that say nothing of the pixels. Any other one, such as a palette or a profile, is for libvips. */
const HARMLESS = new Set(['pHYs', 'tEXt', 'zTXt', 'iTXt', 'tIME', 'IDAT', 'IEND']);
/** Of a chunk: length, type, checksum. */
const FRAME = 12;
const HEADER = 13;
/** The difference to the pixel on the left. */
const SUB = 1;

/** Lossless. Level and filter are fixed, so that equal pixels give equal bytes. */
export async function writePng(pixels: Pixels): Promise<Buffer> {
  const { width, height, channels } = pixels;
  const header = Buffer.alloc(HEADER);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = channels === 1 ? 0 : 2;
  // Level 2: half of the time of 6 for an eighth more bytes.
  const data = await compress(filterRows(pixels), { level: 2, strategy: constants.Z_DEFAULT_STRATEGY });
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function filterRows({ data, width, height, channels }: Pixels): Uint8Array {
  const row = width * channels;
  const rows = new Uint8Array((row + 1) * height);
  for (let y = 0; y < height; y++) {
    const from = y * row;
    const to = y * (row + 1) + 1;
    rows[to - 1] = SUB;
    for (let x = 0; x < channels; x++) rows[to + x] = data[from + x]!;
    for (let x = channels; x < row; x++) rows[to + x] = data[from + x]! - data[from + x - channels]!;
  }
  return rows;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const bytes = Buffer.alloc(FRAME + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), bytes.length - 4);
  return bytes;
}

/** A plain PNG, opened. */
export interface PlainPng extends Size {
  channels: 1 | 3;
  /** The compressed rows. */
  data: Uint8Array;
}

/** @returns undefined for whatever is not a plain PNG, or not a whole one */
export function openPlainPng(bytes: Uint8Array): PlainPng | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!view.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return undefined;
  const chunks = readChunks(view);
  const header = chunks?.shift();
  if (header?.type !== 'IHDR' || header.data.length !== HEADER) return undefined;
  if (chunks!.at(-1)?.type !== 'IEND' || !chunks!.every(({ type }) => HARMLESS.has(type))) return undefined;
  const [depth, colour, compression, filter, interlace] = header.data.subarray(8);
  const channels = CHANNELS[colour!];
  if (depth !== 8 || channels === undefined || compression !== 0 || filter !== 0 || interlace !== 0) return undefined;
  const parts = chunks!.filter(({ type }) => type === 'IDAT').map(({ data }) => data);
  return {
    width: header.data.readUInt32BE(0),
    height: header.data.readUInt32BE(4),
    channels,
    data: parts.length === 1 ? parts[0]! : Buffer.concat(parts),
  };
}

/** @returns undefined when one is cut off or does not match its checksum */
function readChunks(bytes: Buffer): { type: string; data: Buffer }[] | undefined {
  const chunks: { type: string; data: Buffer }[] = [];
  for (let at = SIGNATURE.length; at < bytes.length;) {
    const length = bytes.length - at < FRAME ? Infinity : bytes.readUInt32BE(at);
    if (at + FRAME + length > bytes.length) return undefined;
    const end = at + 8 + length;
    if (crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32BE(end)) return undefined;
    chunks.push({ type: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + 8, end) });
    at = end + 4;
  }
  return chunks;
}

/** @throws Error when the rows are broken, fewer or more than the header says */
export async function decodePlainPng({ width, height, channels, data }: PlainPng): Promise<Pixels> {
  const row = width * channels;
  const rows = await decompress(data, { maxOutputLength: (row + 1) * height });
  if (rows.length !== (row + 1) * height) throw new Error('the PNG has fewer rows than its header says');
  const pixels = new Uint8Array(row * height);
  for (let y = 0; y < height; y++) {
    const filtered = rows.subarray(y * (row + 1) + 1, (y + 1) * (row + 1));
    const above = y === 0 ? new Uint8Array(row) : pixels.subarray((y - 1) * row, y * row);
    unfilter(rows[y * (row + 1)]!, filtered, above, channels, pixels.subarray(y * row, (y + 1) * row));
  }
  return { data: pixels, width, height, channels };
}

/** Undoes the filter of one row; a byte's neighbours are those of the pixel on the left and of the row above. */
function unfilter(type: number, filtered: Uint8Array, above: Uint8Array, step: number, into: Uint8Array): void {
  const undo = FILTERS[type];
  if (!undo) throw new Error(`the PNG has a row with the filter ${type}`);
  undo(filtered, above, step, into);
}

// A loop for each, because a face has some ten thousand bytes.
const FILTERS: readonly ((filtered: Uint8Array, above: Uint8Array, step: number, into: Uint8Array) => void)[] = [
  (filtered, _above, _step, into) => {
    into.set(filtered);
  },
  (filtered, _above, step, into) => {
    for (let x = 0; x < step; x++) into[x] = filtered[x]!;
    for (let x = step; x < into.length; x++) into[x] = filtered[x]! + into[x - step]!;
  },
  (filtered, above, _step, into) => {
    for (let x = 0; x < into.length; x++) into[x] = filtered[x]! + above[x]!;
  },
  (filtered, above, step, into) => {
    for (let x = 0; x < step; x++) into[x] = filtered[x]! + (above[x]! >> 1);
    for (let x = step; x < into.length; x++) into[x] = filtered[x]! + ((into[x - step]! + above[x]!) >> 1);
  },
  (filtered, above, step, into) => {
    for (let x = 0; x < step; x++) into[x] = filtered[x]! + above[x]!;
    for (let x = step; x < into.length; x++) {
      into[x] = filtered[x]! + paeth(into[x - step]!, above[x]!, above[x - step]!);
    }
  },
];

/** Whichever of left, above and upper left is nearest to left + above - upper left. */
function paeth(left: number, above: number, corner: number): number {
  const toLeft = Math.abs(above - corner);
  const toAbove = Math.abs(left - corner);
  const toCorner = Math.abs(left + above - 2 * corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
