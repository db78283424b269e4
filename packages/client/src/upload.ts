import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, Transform, type Readable } from 'node:stream';
import type { Transport, Uploaded } from './transport.ts';

/** @param total undefined when the size is not known beforehand */
export type UploadProgress = (sent: number, total: number | undefined) => void;

/** Uploads a file, or a stream, whose bytes are then named by their digest. */
export async function upload(
  transport: Transport,
  source: string | Readable,
  onProgress?: UploadProgress,
): Promise<Uploaded> {
  const total = typeof source === 'string' ? (await stat(source)).size : undefined;
  const bytes = typeof source === 'string' ? createReadStream(source) : source;
  let sent = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sent += chunk.length;
      onProgress?.(sent, total);
      done(null, chunk);
    },
  });
  // An error of the source ends the counter with it, and the request fails with it.
  return transport.upload(pipeline(bytes, counter, () => undefined));
}
