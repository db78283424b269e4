import { Router } from 'express';
import { pipeline } from 'node:stream/promises';
import type { Services } from '../context.ts';

/** Only what a page shows as a picture is served with its type; the rest is a download, so that no upload can run. */
const PICTURES = new Set(['image/png', 'image/jpeg', 'image/webp']);

/** GET /blobs/<sha256>: a digest never changes its bytes, so answers may be kept for ever. */
export function blobRoutes({ database, storage }: Pick<Services, 'database' | 'storage'>): Router {
  const router = Router();
  router.get('/blobs/:digest', async (request, response) => {
    const { digest } = request.params;
    const row = /^[0-9a-f]{64}$/.test(digest) ? await database.prisma.blob.findUnique({ where: { digest } }) : null;
    const size = row ? await storage.size(digest) : undefined;
    if (!row || size === undefined) {
      response.status(404).json({ errors: [{ message: `There is no blob ${digest.slice(0, 80)}.` }] });
      return;
    }
    const picture = PICTURES.has(row.mediaType);
    response.set({
      'content-type': picture ? row.mediaType : 'application/octet-stream',
      ...(picture ? {} : { 'content-disposition': `attachment; filename="${digest}"` }),
      'cache-control': 'private, max-age=31536000, immutable',
      etag: `"${digest}"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'",
      'accept-ranges': 'bytes',
    });
    if (request.fresh) {
      response.status(304).end();
      return;
    }
    const ranges = request.range(size);
    if (ranges === -1) {
      response.status(416).set('content-range', `bytes */${size}`).end();
      return;
    }
    const range = Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1 ? ranges[0] : undefined;
    if (range) response.status(206).set('content-range', `bytes ${range.start}-${range.end}/${size}`);
    response.set('content-length', String(range ? range.end - range.start + 1 : size));
    await pipeline(storage.readStream(digest, range), response).catch((error: unknown) => {
      if (!response.destroyed) throw error; // A reader that goes away is nobody's fault.
    });
  });
  return router;
}
