'use client';

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { DetailedError, Upload } from 'tus-js-client';

/** Sent in one request; of what is lost with a connection, at most so much is sent again. */
const CHUNK_BYTES = 8 * 1024 * 1024;
/** Hashed at once: the page stays awake in between. */
const HASH_BYTES = 2 * 1024 * 1024;
const RETRY_MILLISECONDS = [500, 1000, 3000, 5000, 10_000];

/**
 * Uploads a file by tus: after a lost connection it goes on where it was.
 * @param progress told the share that is done, 0 to 1; reading the file is a tenth of it
 * @returns the SHA-256 under which the bytes are kept
 * @throws Error with what to tell; AbortError when the signal was given
 */
export async function uploadFile(file: File, progress: (share: number) => void, signal: AbortSignal): Promise<string> {
  const digest = await digestOf(file, (share) => progress(share / 10), signal);
  await send(file, digest, (share) => progress(0.1 + 0.9 * share), signal);
  return digest;
}

/** Not crypto.subtle, which wants the whole file in memory, and https. */
async function digestOf(file: File, progress: (share: number) => void, signal: AbortSignal): Promise<string> {
  const hash = sha256.create();
  for (let at = 0; at < file.size; at += HASH_BYTES) {
    signal.throwIfAborted();
    hash.update(new Uint8Array(await file.slice(at, at + HASH_BYTES).arrayBuffer()));
    progress(Math.min(1, (at + HASH_BYTES) / file.size));
  }
  return bytesToHex(hash.digest());
}

function send(file: File, sha256: string, progress: (share: number) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: '/uploads/resumable',
      metadata: { sha256 },
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_MILLISECONDS,
      removeFingerprintOnSuccess: true,
      onProgress: (sent, total) => progress(total === 0 ? 1 : sent / total),
      onError: (error) => reject(new Error(messageOf(error))),
      onSuccess: () => resolve(),
    });
    signal.addEventListener('abort', () => {
      // What has come is thrown away; if that fails, the server does it within a day.
      void upload.abort(true).catch(() => undefined);
      reject(new DOMException('The upload was ended.', 'AbortError'));
    });
    void upload.findPreviousUploads().then(([previous]) => {
      if (previous) upload.resumeFromPreviousUpload(previous);
      upload.start();
    });
  });
}

function messageOf(error: Error): string {
  const body = error instanceof DetailedError ? (error.originalResponse?.getBody() ?? '') : '';
  const said = /"message":"((?:[^"\\]|\\.)*)"/.exec(body)?.[1];
  return said === undefined ? 'The connection was lost. Try again.' : (JSON.parse(`"${said}"`) as string);
}
