import { crc32 } from 'node:zlib';
import { getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl';
import { IMPORT_LIMITS, InvalidInput, problem, type Problem } from '@samplewise/domain';
import { tooLarge } from '../byte-limit.ts';
import { formatError } from '../format-error.ts';
import { collect, type Archive, type ArchiveEntry } from './archive.ts';

const UNIX = 3;
const FILE_TYPE = 0o170000;
const REGULAR = 0o100000;
const SYMBOLIC_LINK = 0o120000;

/** A zip, read by its central directory. Bytes are counted as they are inflated; sizes in headers are not trusted. */
export function zipArchive(file: string, fileName: string): Archive {
  return {
    async *entries() {
      const sort = (error: unknown, place: string) => formatError(error, (message) => malformed(message, place));
      const unpacked = { left: IMPORT_LIMITS.unpackedBytes };
      // Names are decoded here and not by yauzl, which would give up at the first unsafe one.
      const zip = await openPromise(file, { lazyEntries: true, decodeStrings: false }).catch((error: unknown) => {
        throw sort(error, fileName);
      });
      try {
        for await (const entry of zip.eachEntry()) {
          const path = nameOf(entry);
          if (path.endsWith('/')) continue;
          yield { path, kind: kindOf(entry), read: (limit) => read(zip, entry, path, limit, unpacked, fileName) };
        }
      } catch (error) {
        throw sort(error, fileName);
      } finally {
        zip.close();
      }
    },
  };
}

async function read(
  zip: ZipFile,
  entry: Entry,
  path: string,
  limit: number,
  unpacked: { left: number },
  fileName: string,
): Promise<Buffer | undefined> {
  if (entry.isEncrypted()) throw new InvalidInput(encrypted(path));
  if (entry.uncompressedSize > limit) return undefined;
  try {
    const bytes = await collect(await zip.openReadStreamPromise(entry), limit);
    if (bytes === undefined) return undefined;
    unpacked.left -= bytes.length;
    if (unpacked.left < 0) throw new InvalidInput(tooLarge(IMPORT_LIMITS.unpackedBytes, fileName));
    if (crc32(bytes) !== entry.crc32) throw new InvalidInput(malformed('its checksum is wrong', path));
    return bytes;
  } catch (error) {
    throw formatError(error, (message) => malformed(message, path));
  }
}

function nameOf(entry: Entry): string {
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
}

function kindOf(entry: Entry): ArchiveEntry['kind'] {
  if (entry.versionMadeBy >>> 8 !== UNIX) return 'file';
  const type = (entry.externalFileAttributes >>> 16) & FILE_TYPE;
  if (type === SYMBOLIC_LINK) return 'link';
  return type === 0 || type === REGULAR ? 'file' : 'special'; // 0: made by a program that sets no type
}

function malformed(message: string, place: string): Problem {
  return problem('MALFORMED_ARCHIVE', `The zip archive can't be read: ${message.replace(/\.$/, '')}.`, {
    place,
    mend: 'Is it whole? Try `unzip -t` on it and upload it again.',
  });
}

function encrypted(place: string): Problem {
  return problem('UNSUPPORTED_SOURCE', 'The file is encrypted.', { place, mend: 'Pack it without a password.' });
}
