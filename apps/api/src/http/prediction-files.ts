import { InvalidInput, type Problem } from '@samplewise/domain';
import { Router, type Request, type Response } from 'express';
import { Transform, type Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { Services } from '../context.ts';
import { logPredictionFile } from '../runs/log-predictions.ts';
import type { PredictionFormat } from '../runs/prediction-file.ts';

export const FORMATS: Readonly<Record<string, PredictionFormat>> = {
  'text/csv': 'csv',
  'application/x-ndjson': 'ndjson',
  'application/vnd.apache.parquet': 'parquet',
};
const DECODERS: Readonly<Record<string, () => Transform>> = { gzip: createGunzip, zstd: createZstdDecompress };
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
      const body = decoded(request);
      if (body) await answer(services, request, response, { id: BigInt(id), batch, format, body });
      else refuse(response, 415, `Content-Encoding may be ${Object.keys(DECODERS).join(' or ')}.`);
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
    if (request.destroyed && !request.complete) return; // The sender went away; nothing was kept.
    if (error instanceof InvalidInput) refuse(response, 422, error.message, error.problems);
    else if (isBroken(error)) refuse(response, 422, `The body can not be unpacked: ${(error as Error).message}`);
    else throw error;
  }
}

/** @returns undefined when it is packed in a way that we do not know */
function decoded(request: Request): Readable | undefined {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return bounded(request);
  const decoder = DECODERS[encoding]?.();
  return decoder && bounded(chain(request, decoder));
}

/** Counts what comes out, whatever it was packed into. */
function bounded(source: Readable): Readable {
  let bytes = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= BYTE_LIMIT) done(null, chunk);
      else done(Object.assign(new Error(`it has more than ${BYTE_LIMIT} bytes`), { code: 'Z_TOO_LARGE' }));
    },
  });
  return chain(source, limit);
}

/** Like `pipeline`, but for leaving the source alone when the target fails: the request still needs its answer. */
function chain(source: Readable, target: Transform): Transform {
  source.on('error', (error) => target.destroy(error));
  // It may come before anybody reads; who does then finds the stream in error.
  target.on('error', () => undefined);
  return source.pipe(target);
}

const isBroken = (error: unknown): boolean => /^(Z_|ZSTD_|ERR_ZLIB)/.test(String((error as { code?: unknown }).code));

function refuse(response: Response, status: number, message: string, problems?: readonly Problem[]): void {
  // What is left of the body is not read.
  response.set('connection', 'close');
  response.status(status).json({ errors: [{ message }], ...(problems && { problems }) });
}
