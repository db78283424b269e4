import type { Storage } from '@samplewise/storage';
import type { Request, Response } from 'express';
import { pipeline } from 'node:stream/promises';

export interface SentBlob {
  digest: string;
  /** Shown to people who save it. */
  fileName: string;
  mediaType: string;
  /** Whether a page may show it; all else is a download, so that no upload can run. */
  inline: boolean;
  /** Whether the address will always mean these bytes. */
  immutable: boolean;
}

/** Only what a page shows as a picture, and plain text. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/webp', 'text/plain']);
export const isShown = (mediaType: string): boolean => SHOWN.has(mediaType);

/**
 * Sends a blob, or the range that is asked for; 304 to who has it, 416 where the range lies beyond.
 * @returns false when the storage has no such blob: then nothing has been sent
 */
export async function sendBlob(
  storage: Storage,
  request: Request,
  response: Response,
  { digest, fileName, mediaType, inline, immutable }: SentBlob,
): Promise<boolean> {
  const size = await storage.size(digest);
  if (size === undefined) return false;
  const etag = `"${digest}"`;
  if (!inline) response.attachment(fileName);
  response.set({
    'content-type': mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType,
    'cache-control': immutable ? 'private, max-age=31536000, immutable' : 'private, no-cache',
    etag,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'accept-ranges': 'bytes',
  });
  if (request.fresh) {
    response.status(304).end();
    return true;
  }
  // A range of what the reader has no more of is not asked for: he gets the whole.
  const condition = request.headers['if-range'];
  const ranges = condition === undefined || condition === etag ? request.range(size) : undefined;
  if (ranges === -1) {
    response.status(416).set('content-range', `bytes */${size}`).end();
    return true;
  }
  const range = Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1 ? ranges[0] : undefined;
  if (range) response.status(206).set('content-range', `bytes ${range.start}-${range.end}/${size}`);
  response.set('content-length', String(range ? range.end - range.start + 1 : size));
  if (request.method === 'HEAD' || size === 0) {
    response.end();
    return true;
  }
  await pipeline(storage.readStream(digest, range), response).catch((error: unknown) => {
    if (!response.destroyed) throw error; // A reader that goes away is nobody's fault.
  });
  return true;
}
