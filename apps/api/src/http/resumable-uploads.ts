import { InvalidInput } from '@samplewise/domain';
import { StorageFull } from '@samplewise/storage';
import { ERRORS, Server } from '@tus/server';
import { Router } from 'express';
import { UploadStore, type UploadServices } from '../uploads/upload-store.ts';

const PATH = '/uploads/resumable';
/** tus: the bytes are not those that were declared. */
const CHECKSUM_MISMATCH = 460;
const TOO_MANY = 429;

/**
 * Uploads in parts by tus 1.0 (https://tus.io/protocols/resumable-upload), with creation, termination and expiration.
 * The metadata `sha256` (64 hexadecimal digits) says what the bytes must be; when all are there they are the blob of
 * that digest. An upload that has not ended within a day is gone.
 */
export function resumableUploadRoutes(services: UploadServices, uploadBytes: number): Router {
  const tus = new Server({
    path: PATH,
    datastore: new UploadStore(services),
    maxSize: uploadBytes,
    relativeLocation: true,
    // Pages of others may not upload; ours has the API's own address.
    allowedOrigins: [],
    onResponseError: (_request, error) => {
      const told = answerTo(error);
      if (told.status_code >= 500 && !(error instanceof StorageFull)) {
        services.log.error({ error: error instanceof Error ? error.stack : error }, 'an upload failed');
      }
      return told;
    },
  });
  const router = Router();
  router.all([PATH, `${PATH}/:id`], (request, response) => tus.handle(request, response));
  return router;
}

function answerTo(error: Error | { status_code: number; body: string }): { status_code: number; body: string } {
  if (error instanceof InvalidInput) {
    const [{ code, place }] = error.problems;
    const status = code === 'CONFLICT' ? TOO_MANY : place === 'digest' ? CHECKSUM_MISMATCH : 400;
    return answer(status, error.message, { problems: error.problems });
  }
  if (error instanceof StorageFull) return answer(507, error.message);
  if ('status_code' in error) return answer(error.status_code, error.body.trim());
  return answer(ERRORS.UNKNOWN_ERROR.status_code, 'Something went wrong here.');
}

const answer = (status: number, message: string, more: object = {}) => ({
  status_code: status,
  body: JSON.stringify({ errors: [{ message }], ...more }),
});
