import { Transform } from 'node:stream';
import { InvalidInput, problem } from '@samplewise/domain';

/** Passes bytes on and counts them as they come, whatever a header has promised. Ends with TOO_LARGE beyond the limit. */
export function byteLimit(limit: number, place: string): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= limit) done(null, chunk);
      else done(new InvalidInput(tooLarge(limit, place)));
    },
  });
}

export function tooLarge(limit: number, place: string) {
  return problem('TOO_LARGE', `Unpacked, this has more than ${limit} bytes.`, {
    place,
    mend: 'Split it into several files.',
  });
}
