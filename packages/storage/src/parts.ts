import { createReadStream, createWriteStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { asStorageError } from './full.ts';

/** Bytes that come in several requests, until they are written as a blob. Each is known by an id of the caller's. */
export interface Parts {
  create(id: string): Promise<void>;
  /** Bytes that are there; undefined where nothing was created. */
  size(id: string): Promise<number | undefined>;
  /**
   * Writes from an offset on. What was written before the source failed stays.
   * @returns bytes that are there now
   * @throws StorageFull
   */
  append(id: string, offset: number, source: Readable): Promise<number>;
  read(id: string): Readable;
  /** Harmless where nothing is. */
  remove(id: string): Promise<void>;
}

/** @param folder whose files are removed when nobody has written to them for a day */
export function partsIn(folder: string): Parts {
  const place = (id: string): string => {
    if (!/^[0-9a-f]{1,64}$/.test(id)) throw new TypeError(`not the id of a part: ${id}`);
    return path.join(folder, `upload-${id}`);
  };
  const sizeOf = async (id: string): Promise<number | undefined> =>
    (await stat(place(id)).catch(() => undefined))?.size;
  return {
    async create(id) {
      await (await open(place(id), 'wx')).close();
    },
    size: sizeOf,
    async append(id, offset, source) {
      try {
        await pipeline(source, createWriteStream(place(id), { flags: 'r+', start: offset, flush: true }));
      } catch (error) {
        throw asStorageError(error);
      }
      return (await sizeOf(id)) ?? 0;
    },
    read: (id) => createReadStream(place(id)),
    async remove(id) {
      await rm(place(id), { force: true });
    },
  };
}
