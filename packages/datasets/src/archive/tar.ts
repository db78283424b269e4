import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { IMPORT_LIMITS, problem, type Problem } from '@samplewise/domain';
import { byteLimit } from '../byte-limit.ts';
import { formatError } from '../format-error.ts';
import { collect, type Archive, type ArchiveEntry } from './archive.ts';

/** A tar, plain or gzipped. All that comes out of gzip is counted, also what nobody asked for. */
export function tarArchive(file: string, fileName: string, gzipped: boolean): Archive {
  return {
    async *entries() {
      const source = createReadStream(file);
      const limit = byteLimit(IMPORT_LIMITS.unpackedBytes, fileName);
      const parser = extract();
      const sort = (error: unknown) => formatError(error, (message) => malformed(message, fileName));
      // An error of any part ends the parser with it, and is thrown by the loop.
      if (gzipped) pipeline(source, createGunzip(), limit, parser, () => undefined);
      else pipeline(source, limit, parser, () => undefined);
      try {
        for await (const entry of parser) {
          if (entry.header.type !== 'directory') yield toEntry(entry, sort);
          entry.resume(); // what has not been read is skipped
        }
      } catch (error) {
        throw sort(error);
      } finally {
        source.destroy();
      }
    },
  };
}

/** As tar-stream gives it; it does not export its type. */
type TarEntry = AsyncIterable<unknown> & { header: Header };

function toEntry(entry: TarEntry, sort: (error: unknown) => Error): ArchiveEntry {
  const { name, type, size } = entry.header;
  return {
    path: name,
    kind: kindOf(type),
    // In a tar the header's size is where the entry ends, so that it can be trusted.
    read: async (limit) => {
      if (size > limit) return undefined;
      return collect(entry as AsyncIterable<Buffer>, limit).catch((error: unknown) => {
        throw sort(error);
      });
    },
  };
}

function kindOf(type: Header['type']): ArchiveEntry['kind'] {
  if (type === 'file' || type === 'contiguous-file') return 'file';
  return type === 'link' || type === 'symlink' ? 'link' : 'special';
}

function malformed(message: string, place: string): Problem {
  return problem('MALFORMED_ARCHIVE', `The tar archive can't be read: ${message.replace(/\.$/, '')}.`, {
    place,
    mend: 'Is it whole? Try `tar -t` on it and upload it again.',
  });
}
