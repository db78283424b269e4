import { InvalidInput } from '@samplewise/domain';
import { Router, type Request, type Response } from 'express';
import type { Readable } from 'node:stream';
import type { Services } from '../context.ts';
import { logPredictionFile } from '../runs/log-predictions.ts';
import type { PredictionFormat } from '../runs/prediction-file.ts';
import { isBroken, isGone, refuse, refuseEncoding, unpackedBody } from './packed-body.ts';

export const FORMATS: Readonly<Record<string, PredictionFormat>> = {
  'text/csv': 'csv',
  'application/x-ndjson': 'ndjson',
  'application/vnd.apache.parquet': 'parquet',
};
/** Unpacked; a row of a hundred classes takes about 1 kB. */
const BYTE_LIMIT = 4 * 1024 * 1024 * 1024;

/**
 * POST /runs/Run_1/predictions?batch=<id>: predictions of a client's run as CSV, NDJSON or Parquet, as they are or
 * packed by gzip or zstd; all or none. Answers 200 { sampleDone, repeated }, or 422 with the problems by row.
 */
export function predictionFileRoutes(services: Pick<Services, 'database'>): Router {
  const router = Router();
  router.post('/runs/:id/predictions', async (request, response) => {
    const id = /^Run_([1-9]\d{0,17})$/.exec(request.params.id)?.[1];
    const type = request.is(Object.keys(FORMATS));
    const format = type ? FORMATS[type] : undefined;
    const { batch } = request.query;
    if (id === undefined) refuse(response, 404, `There is no run ${request.params.id.slice(0, 80)}.`);
    else if (!format) refuse(response, 415, `Send ${Object.keys(FORMATS).join(' or ')}.`);
    else if (typeof batch !== 'string' || batch === '')
      refuse(response, 400, 'Name the batch: ?batch=<an id of yours>.');
    else {
      const body = unpackedBody(request, BYTE_LIMIT);
      if (body) await answer(services, request, response, { id: BigInt(id), batch, format, body });
      else refuseEncoding(response);
    }
  });
  return router;
}

interface File {
  id: bigint;
  batch: string;
  format: PredictionFormat;
  body: Readable;
}

async function answer(
  services: Pick<Services, 'database'>,
  request: Request,
  response: Response,
  { id, batch, format, body }: File,
): Promise<void> {
  try {
    response.json(await logPredictionFile(services, id, batch, body, format));
  } catch (error) {
    if (isGone(request)) return; // Nothing was kept.
    if (error instanceof InvalidInput) refuse(response, 422, error.message, error.problems);
    else if (isBroken(error)) refuse(response, 422, `The body can not be unpacked: ${error.message}`);
    else throw error;
  }
}
