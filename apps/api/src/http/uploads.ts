import { InvalidInput } from '@samplewise/domain';
import { Router } from 'express';
import type { Services } from '../context.ts';

/**
 * POST /uploads: the body's bytes become a blob. Answers 201 { digest, size }; the same bytes again give the same
 * answer. Only application/octet-stream is taken, which no foreign page can send without asking first (CORS).
 */
export function uploadRoutes(
  { database, storage }: Pick<Services, 'database' | 'storage'>,
  uploadBytes: number,
): Router {
  const router = Router();
  router.post('/uploads', async (request, response) => {
    if (!request.is('application/octet-stream')) {
      const message = 'Send the bytes as they are, with Content-Type: application/octet-stream.';
      response.status(415).json({ errors: [{ message }] });
      return;
    }
    try {
      const { digest, size } = await storage.writeStream(request, uploadBytes);
      await database.prisma.blob.createMany({
        data: [{ digest, size: BigInt(size), mediaType: 'application/octet-stream' }],
        skipDuplicates: true,
      });
      response.status(201).json({ digest, size });
    } catch (error) {
      if (request.destroyed && !request.complete) return; // The sender went away; nothing was kept.
      if (!(error instanceof InvalidInput)) throw error;
      response
        .status(413)
        .set('connection', 'close')
        .json({ errors: [{ message: error.message }], problems: error.problems });
    }
  });
  return router;
}
