import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { digestOfBytes, InvalidInput, problem, type Digest } from '@samplewise/domain';

export interface StoredBlob {
  digest: Digest;
  /** Bytes. */
  size: number;
}

/** Bytes by their SHA-256. Writing what is there already is harmless; a blob is seen whole or not at all. */
export interface Storage {
  write(bytes: Uint8Array): Promise<StoredBlob>;
  /** @throws InvalidInput (TOO_LARGE) beyond `limit` bytes; nothing is kept then */
  writeStream(source: Readable, limit: number): Promise<StoredBlob>;
  /** @throws BlobMissing */
  read(digest: Digest): Promise<Buffer>;
  /** @param range first and last byte, both inclusive */
  readStream(digest: Digest, range?: { start: number; end: number }): Readable;
  size(digest: Digest): Promise<number | undefined>;
  /** A path of the local file system with the blob's bytes, for readers that need one. Not to be written to. */
  localPath(digest: Digest): Promise<string>;
}

export class BlobMissing extends Error {
  override readonly name = 'BlobMissing';

  constructor(digest: Digest) {
    super(`The blob ${digest} is not in the storage.`);
  }
}

/** Partial writes of processes that died are removed after a day. */
const STALE_MILLISECONDS = 24 * 3600 * 1000;

/**
 * Blobs in a folder, two levels deep, so that no directory holds more than some thousand entries.
 * @param folder made if it is not there
 */
export async function openStorage(folder: string): Promise<Storage> {
  const root = path.resolve(folder);
  const partial = path.join(root, 'partial');
  await mkdir(partial, { recursive: true });
  await removeStale(partial);

  const place = (digest: Digest): string => {
    if (!/^[0-9a-f]{64}$/.test(digest)) throw new TypeError(`not a SHA-256: ${digest}`);
    return path.join(root, digest.slice(0, 2), digest.slice(2, 4), digest);
  };
  const sizeOf = async (digest: Digest): Promise<number | undefined> =>
    (await stat(place(digest)).catch(() => undefined))?.size;
  const moveIn = async (file: string, digest: Digest): Promise<void> => {
    try {
      await rename(file, place(digest));
    } catch (error) {
      // The first blob of a directory; there are soon all of them.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      await mkdir(path.dirname(place(digest)), { recursive: true });
      await rename(file, place(digest));
    }
  };

  return {
    async write(bytes) {
      const digest = digestOfBytes(bytes);
      if ((await sizeOf(digest)) !== bytes.byteLength) {
        const file = path.join(partial, randomUUID());
        await writeFile(file, bytes);
        await moveIn(file, digest);
      }
      return { digest, size: bytes.byteLength };
    },

    async writeStream(source, limit) {
      const file = path.join(partial, randomUUID());
      const hash = createHash('sha256');
      let size = 0;
      const measure = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          size += chunk.length;
          hash.update(chunk);
          if (size <= limit) done(null, chunk);
          else done(new InvalidInput(tooLarge(limit)));
        },
      });
      try {
        await pipeline(source, measure, createWriteStream(file, { flush: true }));
        const digest = hash.digest('hex');
        await moveIn(file, digest);
        return { digest, size };
      } catch (error) {
        await rm(file, { force: true });
        throw error;
      }
    },

    async read(digest) {
      try {
        return await readFile(place(digest));
      } catch (error) {
        throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? new BlobMissing(digest) : error;
      }
    },

    readStream: (digest, range) => createReadStream(place(digest), range),
    size: sizeOf,

    async localPath(digest) {
      await access(place(digest)).catch(() => {
        throw new BlobMissing(digest);
      });
      return place(digest);
    },
  };
}

function tooLarge(limit: number) {
  return problem('TOO_LARGE', `The upload has more than ${limit} bytes.`, {
    place: 'upload',
    mend: 'Split it into several files.',
  });
}

async function removeStale(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    const age = Date.now() - ((await stat(file).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > STALE_MILLISECONDS) await rm(file, { force: true });
  }
}
