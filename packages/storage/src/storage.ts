import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { digestOfBytes, InvalidInput, problem, type Digest } from '@samplewise/domain';
import { asStorageError } from './full.ts';
import { partsIn, type Parts } from './parts.ts';

export interface StoredBlob {
  digest: Digest;
  /** Bytes. */
  size: number;
}

/** Bytes by their SHA-256. Writing what is there already is harmless; a blob is seen whole or not at all. */
export interface Storage {
  /** @throws StorageFull */
  write(bytes: Uint8Array): Promise<StoredBlob>;
  /**
   * @param declared what the digest must be
   * @throws InvalidInput beyond `limit` bytes (TOO_LARGE), or where they are others than declared; nothing is kept then
   * @throws StorageFull
   */
  writeStream(source: Readable, limit: number, declared?: Digest): Promise<StoredBlob>;
  /** @throws BlobMissing */
  read(digest: Digest): Promise<Buffer>;
  /** @param range first and last byte, both inclusive */
  readStream(digest: Digest, range?: { start: number; end: number }): Readable;
  size(digest: Digest): Promise<number | undefined>;
  /** A path of the local file system with the blob's bytes, for readers that need one. Not to be written to. */
  localPath(digest: Digest): Promise<string>;
  /**
   * Removes a blob that nobody has written, or written again, since a time.
   * @returns false when somebody has: then it is still there
   */
  remove(digest: Digest, since: Date): Promise<boolean>;
  readonly parts: Parts;
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
  /** Writing again what is there counts as writing: a blob in use is not removed. */
  const touch = async (digest: Digest, size: number): Promise<boolean> => {
    if ((await sizeOf(digest)) !== size) return false;
    const now = new Date();
    // It may be removed at this very moment.
    return utimes(place(digest), now, now).then(
      () => true,
      () => false,
    );
  };
  /** A blob is missing where the others are; a folder that is away, such as a volume, may come back. */
  const whyMissing = async (error: unknown, digest: Digest): Promise<unknown> => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return error;
    const isThere = await access(partial).then(
      () => true,
      () => false,
    );
    return isThere ? new BlobMissing(digest) : new Error(`The storage is away: ${root} is not there.`);
  };
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
      if (!(await touch(digest, bytes.byteLength))) {
        const file = path.join(partial, randomUUID());
        try {
          await writeFile(file, bytes);
          await moveIn(file, digest);
        } catch (error) {
          await rm(file, { force: true });
          throw asStorageError(error);
        }
      }
      return { digest, size: bytes.byteLength };
    },

    async writeStream(source, limit, declared) {
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
        if (declared !== undefined && declared !== digest) throw new InvalidInput(otherBytes(declared, digest));
        await moveIn(file, digest);
        return { digest, size };
      } catch (error) {
        await rm(file, { force: true });
        throw asStorageError(error);
      }
    },

    async read(digest) {
      try {
        return await readFile(place(digest));
      } catch (error) {
        throw await whyMissing(error, digest);
      }
    },

    readStream: (digest, range) => createReadStream(place(digest), range),
    size: sizeOf,

    async localPath(digest) {
      await access(place(digest)).catch(async (error: unknown) => {
        throw await whyMissing(error, digest);
      });
      return place(digest);
    },

    async remove(digest, since) {
      const isRecent = async (file: string): Promise<boolean> => (await stat(file)).mtimeMs >= since.getTime();
      // Put aside first: whoever writes it from now on finds that it is not there, and writes it whole.
      const aside = path.join(partial, randomUUID());
      try {
        if (await isRecent(place(digest))) return false;
        await rename(place(digest), aside);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
        throw error;
      }
      if (await isRecent(aside)) {
        await moveIn(aside, digest);
        return false;
      }
      await rm(aside, { force: true });
      return true;
    },

    parts: partsIn(partial),
  };
}

function otherBytes(declared: Digest, digest: Digest) {
  return problem('INVALID_VALUE', 'The bytes are not those that were declared.', {
    place: 'digest',
    value: declared,
    mend: `Their SHA-256 is ${digest}. Send them again.`,
  });
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
