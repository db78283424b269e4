/**
 * Columns that Postgres gives as one value of bytes (`string_agg(int2send(...), '')`), which is many times as fast as a
 * row a value. Postgres sends the most significant byte first, and our systems keep the least significant one first.
 */
export type ByteColumn = Buffer | null | undefined;

export const int16Column = (bytes: ByteColumn): Int16Array<ArrayBuffer> => new Int16Array(swapped(bytes, 'swap16'));
export const int32Column = (bytes: ByteColumn): Int32Array<ArrayBuffer> => new Int32Array(swapped(bytes, 'swap32'));
export const float32Column = (bytes: ByteColumn): Float32Array<ArrayBuffer> =>
  new Float32Array(swapped(bytes, 'swap32'));
export const uint64Column = (bytes: ByteColumn): BigUint64Array<ArrayBuffer> =>
  new BigUint64Array(swapped(bytes, 'swap64'));

function swapped(bytes: ByteColumn, swap: 'swap16' | 'swap32' | 'swap64'): ArrayBuffer {
  // A copy of its own: the driver's bytes lie anywhere in a larger memory.
  const copy = Uint8Array.from(bytes ?? []);
  Buffer.from(copy.buffer)[swap]();
  return copy.buffer;
}
