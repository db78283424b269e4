import { open, stat } from 'node:fs/promises';

/** Bytes that can be read in any order: a file, a blob. */
export interface ByteSource {
  size: number;
  /** @returns bytes from `start`, `length` of them unless the source ends before */
  read(start: number, length: number): Promise<Uint8Array>;
}

/** A file of this machine. @param use ends with the file closed */
export async function readFileRange<T>(file: string, use: (source: ByteSource) => Promise<T>): Promise<T> {
  const { size } = await stat(file);
  const handle = await open(file);
  try {
    return await use({
      size,
      async read(start, length) {
        const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - start)));
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
        return buffer.subarray(0, bytesRead);
      },
    });
  } finally {
    await handle.close();
  }
}
