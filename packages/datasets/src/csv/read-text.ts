import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { IMPORT_LIMITS, InvalidInput, problem } from '@samplewise/domain';
import { byteLimit } from '../byte-limit.ts';
import { detectContainer } from '../detect-format.ts';
import { formatError } from '../format-error.ts';
import { readHead } from '../read-head.ts';

/** The bytes of a text file, unpacked when it is gzipped. Errors are sorted into input and system. */
export async function* readText(file: string, fileName: string): AsyncGenerator<Buffer> {
  const container = detectContainer(await readHead(file));
  if (container === 'zip' || container === 'tar') throw new InvalidInput(notText(fileName, container));
  const limit = byteLimit(IMPORT_LIMITS.unpackedBytes, fileName);
  const source = createReadStream(file);
  // An error of any part ends the last one with it, and is thrown where that is read.
  const stream: Readable =
    container === 'gzip'
      ? pipeline(source, createGunzip(), limit, () => undefined)
      : pipeline(source, limit, () => undefined);
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    throw formatError(error, (message) =>
      problem('MALFORMED_ARCHIVE', `The gzip file can't be unpacked: ${message}.`, {
        place: fileName,
        mend: 'Is it whole? Try `gzip -t` on it and upload it again.',
      }),
    );
  }
}

function notText(fileName: string, container: string) {
  return problem('UNSUPPORTED_SOURCE', `This is a ${container} archive, not a CSV file.`, {
    place: fileName,
    mend: 'Unpack it and upload the CSV file, plain or gzipped.',
  });
}
