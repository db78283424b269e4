import { Router } from 'express';
import type { Services } from '../context.ts';
import { sendBlob } from './send-blob.ts';

/** Only what a page shows as a picture is served with its type. */
const PICTURES = new Set(['image/png', 'image/jpeg', 'image/webp']);

/** GET /blobs/<sha256>: a digest never changes its bytes, so answers may be kept for ever. */
export function blobRoutes({ database, storage }: Pick<Services, 'database' | 'storage'>): Router {
  const router = Router();
  router.get('/blobs/:digest', async (request, response) => {
    const { digest } = request.params;
    const row = /^[0-9a-f]{64}$/.test(digest) ? await database.prisma.blob.findUnique({ where: { digest } }) : null;
    const picture = row !== null && PICTURES.has(row.mediaType);
    const mediaType = picture ? row.mediaType : 'application/octet-stream';
    const blob = { digest, fileName: digest, mediaType, inline: picture, immutable: true };
    if (row && (await sendBlob(storage, request, response, blob))) return;
    response.status(404).json({ errors: [{ message: `There is no blob ${digest.slice(0, 80)}.` }] });
  });
  return router;
}
