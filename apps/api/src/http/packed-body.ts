import type { Problem } from '@samplewise/domain';
import type { Request, Response } from 'express';
import { Transform, type Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';

const DECODERS: Readonly<Record<string, () => Transform>> = { gzip: createGunzip, zstd: createZstdDecompress };

/**
 * The body of a request as it was before it was packed. What is wrong with it is met by whoever reads: see `isBroken`.
 * @param limit bytes, unpacked
 * @returns undefined when it is packed in a way that we do not know; see `refuseEncoding`
 */
export function unpackedBody(request: Request, limit: number): Readable | undefined {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return bounded(request, limit);
  const decoder = DECODERS[encoding]?.();
  return decoder && bounded(chain(request, decoder), limit);
}

/** Counts what comes out, whatever it was packed into. */
function bounded(source: Readable, limit: number): Readable {
  let bytes = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= limit) done(null, chunk);
      else done(Object.assign(new Error(`it has more than ${limit} bytes`), { code: 'Z_TOO_LARGE' }));
    },
  });
  return chain(source, counter);
}

/** Like `pipeline`, but for leaving the source alone when the target fails: the request still needs its answer. */
function chain<T extends Transform>(source: Readable, target: T): T {
  source.on('error', (error) => target.destroy(error));
  // It may come before anybody reads; who does then finds the stream in error.
  target.on('error', () => undefined);
  return source.pipe(target);
}

/** Whether a body could not be read because it is packed badly, or too large. */
export const isBroken = (error: unknown): error is Error =>
  /^(Z_|ZSTD_|ERR_ZLIB)/.test(String((error as { code?: unknown }).code));

/** The sender went away: nobody waits for an answer. */
export const isGone = (request: Request): boolean => request.destroyed && !request.complete;

export function refuse(response: Response, status: number, message: string, problems?: readonly Problem[]): void {
  // What is left of the body is not read.
  response.set('connection', 'close');
  response.status(status).json({ errors: [{ message }], ...(problems && { problems }) });
}

export const refuseEncoding = (response: Response): void =>
  refuse(response, 415, `Content-Encoding may be ${Object.keys(DECODERS).join(' or ')}.`);
