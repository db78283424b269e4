import { InvalidInput, LOG_LEVELS, LOG_LIMITS, LOG_STREAMS, parseInput } from '@samplewise/domain';
import { Router } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { Services } from '../context.ts';
import { countLines } from '../logs/log-lines.ts';
import { logTextLines } from '../logs/log-text.ts';
import { pagesOfLog, type LogLineRow } from '../logs/read-log.ts';
import { isBroken, isGone, refuse, refuseEncoding, unpackedBody } from './packed-body.ts';
import { readableRun } from './run-route.ts';

const choice = z.object({ stream: z.enum(LOG_STREAMS).optional(), level: z.enum(LOG_LEVELS).optional() });
const target = choice.extend({ batch: z.string('must name the batch: an id of yours') });
const format = choice.extend({ details: z.enum(['true', 'false']).default('false') });

/**
 * POST /runs/Run_1/logs?batch=<id>&stream=STDERR&level=INFO: a text as it is or packed by gzip or zstd, stored line by
 * line as it comes. Answers 200 { lines, lastLine, repeated }, or 422 with the line that is wrong.
 * GET /runs/Run_1/logs.txt?stream=&level=&details=true: the log as a text, with `details` each line after its time,
 * stream and level.
 */
export function logRoutes(services: Pick<Services, 'database'>): Router {
  const router = Router();
  router.post('/runs/:id/logs', async (request, response) => {
    if (!request.is('text/plain')) {
      refuse(response, 415, 'Send text/plain.');
      return;
    }
    const body = unpackedBody(request, LOG_LIMITS.runBytes);
    if (!body) {
      refuseEncoding(response);
      return;
    }
    try {
      const { batch, stream = 'STDOUT', level = null } = parseInput(target, request.query);
      const run = await readableRun(services, request, response);
      if (!run) return;
      response.json(await logTextLines(services, { runId: run.id, batchId: batch, stream, level, source: body }));
    } catch (error) {
      if (isGone(request)) return; // What came is kept; the same text sent again goes on from there.
      if (error instanceof InvalidInput) refuse(response, 422, error.message, error.problems);
      else if (isBroken(error)) refuse(response, 422, `The body can not be unpacked: ${error.message}`);
      else throw error;
    }
  });

  router.get('/runs/:id/logs.txt', async (request, response) => {
    const parsed = format.safeParse(request.query);
    if (!parsed.success) {
      refuse(response, 400, `${parsed.error.issues[0]!.path.join('.')}: ${parsed.error.issues[0]!.message}`);
      return;
    }
    const run = await readableRun(services, request, response);
    if (!run) return;
    const { details, ...filter } = parsed.data;
    const lines = await countLines(services.database.pool, run.id);
    response.set({
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="Run_${run.id}.log"`,
      'cache-control': 'private, no-cache',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'",
    });
    const text = textOf(pagesOfLog(services.database, { id: run.id, lines }, filter), details === 'true');
    await pipeline(Readable.from(text), response).catch((error: unknown) => {
      if (!response.destroyed) throw error; // A reader that goes away is nobody's fault.
    });
  });
  return router;
}

async function* textOf(pages: AsyncIterable<LogLineRow[]>, details: boolean): AsyncGenerator<string> {
  const lineOf = ({ time, stream, level, text }: LogLineRow): string =>
    details ? `${time.toISOString()} ${stream} ${level ?? '-'} ${text}\n` : `${text}\n`;
  for await (const lines of pages) yield lines.map(lineOf).join('');
}
