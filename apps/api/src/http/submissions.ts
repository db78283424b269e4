import { InvalidInput, type ProblemCode } from '@samplewise/domain';
import { stringify } from 'csv-stringify';
import { Router, type Request, type Response } from 'express';
import QueryStream from 'pg-query-stream';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Services } from '../context.ts';
import { submitFile } from '../submissions/receive.ts';
import { actorOf } from './access.ts';
import { isBroken, isGone, refuse, refuseEncoding, unpackedBody } from './packed-body.ts';
import { FORMATS } from './prediction-files.ts';

/** Unpacked; two million samples with seven scores take about 300 MB. */
const BYTE_LIMIT = 1024 * 1024 * 1024;
/** Files that are read at once, of all entrants. */
const FILES_AT_ONCE = 8;
const BATCH = 1000;

/**
 * POST /leaderboards/Leaderboard_1/submissions?name=<name>&key=<an id of yours>: predictions of a competition's samples
 * as CSV, NDJSON or Parquet, as they are or packed by gzip or zstd. Answers 201 { submission, repeated }, or 422 with the
 * problems by row; nothing is kept then, and nothing counted.
 *
 * GET /leaderboards/Leaderboard_1/samples.csv: what is to be predicted, the index of each sample and the SHA-256 of its
 * image, which GET /blobs/<sha256> gives.
 */
export function submissionRoutes(services: Pick<Services, 'database' | 'boss'>): Router {
  const router = Router();
  let reading = 0;
  router.post('/leaderboards/:id/submissions', async (request, response) => {
    const id = boardOf(request);
    const type = request.is(Object.keys(FORMATS));
    const format = type ? FORMATS[type] : undefined;
    const { name, key, note } = request.query;
    if (id === undefined) refuse(response, 404, `There is no leaderboard ${request.params.id.slice(0, 80)}.`);
    else if (!format) refuse(response, 415, `Send ${Object.keys(FORMATS).join(' or ')}.`);
    else if (reading >= FILES_AT_ONCE) {
      response.set('retry-after', '10');
      refuse(response, 503, `${FILES_AT_ONCE} submissions are being read. Send it again in a while.`);
    } else {
      const body = unpackedBody(request, BYTE_LIMIT);
      if (!body) {
        refuseEncoding(response);
        return;
      }
      reading++;
      try {
        const head = { name, key, ...(note !== undefined && { note }) };
        const file = format === 'parquet' ? body : plain(body);
        const received = await submitFile(services, actorOf(response), id, head, { file, format });
        response.status(201).json({ submission: `Submission_${received.id}`, repeated: received.repeated });
      } catch (error) {
        answerTo(error, request, response);
      } finally {
        reading--;
      }
    }
  });
  router.get('/leaderboards/:id/samples.csv', async (request, response) => {
    const id = boardOf(request);
    const board = id === undefined ? null : await services.database.prisma.leaderboard.findUnique({ where: { id } });
    if (!board) {
      refuse(response, 404, `There is no leaderboard ${request.params.id.slice(0, 80)}.`);
      return;
    }
    response.set({
      'content-type': 'text/csv',
      'content-disposition': `attachment; filename="Leaderboard_${board.id}-samples.csv"`,
      'x-content-type-options': 'nosniff',
    });
    await sendSamples(services, board, response);
  });
  return router;
}

const boardOf = (request: Request<{ id: string }>): bigint | undefined => {
  const id = /^Leaderboard_([1-9]\d{0,17})$/.exec(request.params.id)?.[1];
  return id === undefined ? undefined : BigInt(id);
};

/** All else is wrong with the file. */
const STATUS: Partial<Record<ProblemCode, number>> = { QUOTA_EXCEEDED: 429, CONFLICT: 409 };

function answerTo(error: unknown, request: Request, response: Response): void {
  if (isGone(request)) return; // Nothing was kept.
  if (error instanceof InvalidInput) {
    refuse(response, STATUS[error.problems[0].code] ?? 422, error.message, error.problems);
  } else if (isBroken(error)) refuse(response, 422, `The body can not be unpacked: ${error.message}`);
  else throw error;
}

const PACKED: readonly (readonly [magic: string, what: string])[] = [
  ['504b0304', 'it is a ZIP archive; send the file that is in it'],
  ['1f8b', 'it is packed by gzip; say so by Content-Encoding: gzip'],
  ['28b52ffd', 'it is packed by zstd; say so by Content-Encoding: zstd'],
  ['50415231', 'it is a Parquet file; say so by its Content-Type'],
];

/** A text as it comes, or what it is instead. */
function plain(source: Readable): Readable {
  let begun = false;
  const look = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const [, what] =
        (begun ? undefined : PACKED.find(([magic]) => chunk.toString('hex', 0, 4).startsWith(magic))) ?? [];
      begun = true;
      if (what === undefined) done(null, chunk);
      else done(Object.assign(new Error(what), { code: 'Z_PACKED' }));
    },
  });
  // It may come before anybody reads; who does then finds the stream in error.
  look.on('error', () => undefined);
  source.on('error', (error) => look.destroy(error));
  return source.pipe(look);
}

async function sendSamples(
  { database }: Pick<Services, 'database'>,
  { datasetVersionId, split }: { datasetVersionId: bigint; split: string | null },
  response: Response,
): Promise<void> {
  const client = await database.pool.connect();
  let complete = false;
  try {
    const rows = client.query(
      new QueryStream(
        `SELECT index, digest FROM sample WHERE version_id = $1 AND ($2::"Split" IS NULL OR split = $2::"Split")
          ORDER BY index`,
        [datasetVersionId, split],
        { batchSize: BATCH },
      ),
    ) as AsyncIterable<{ index: number; digest: string }>;
    async function* records() {
      yield ['sample_index', 'image'];
      for await (const { index, digest } of rows) yield [index, digest];
    }
    await pipeline(Readable.from(records()), stringify(), response);
    complete = true;
  } catch {
    // A cut connection is all that can be said once the answer has begun.
    response.destroy();
  } finally {
    client.release(!complete);
  }
}
