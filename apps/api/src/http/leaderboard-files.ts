import { slugify, type SnapshotDocument } from '@samplewise/domain';
import type { Snapshot } from '@samplewise/reports';
import { Router, type Request, type Response } from 'express';
import { hiddenSplitsOf } from '../auth/labels/hidden-splits.ts';
import { labelsAreHidden } from '../auth/labels/refusal.ts';
import type { Services } from '../context.ts';
import { readLiveBoard } from '../leaderboards/live-board.ts';
import { actorOf } from './access.ts';
import { formatOf, HARMLESS } from './leaderboard-formats.ts';
import { refuse } from './packed-body.ts';

/**
 * GET /leaderboards/Leaderboard_1/report.html, .csv, .json, .md, .tex, .svg: a board as it stands, for who may read it.
 * GET /snapshots/LeaderboardSnapshot_1/report.html and the like, .bib too: a snapshot. With `?download` as a file to keep.
 */
export function leaderboardFileRoutes(services: Pick<Services, 'database'>): Router {
  const router = Router();
  router.get('/leaderboards/:id/report.:format', async (request, response) => {
    const id = /^Leaderboard_([1-9]\d{0,17})$/.exec(request.params.id)?.[1];
    const format = formatOf(request.params.format);
    // Nobody can cite what changes.
    if (id === undefined || !format || request.params.format === 'bib') {
      nothing(request, response);
      return;
    }
    const hidden = await hiddenSplitsOf(services, actorOf(response), 'Leaderboard', BigInt(id));
    if (hidden.length > 0) refuseHidden(response, hidden);
    else send(request, response, await readLiveBoard(services, BigInt(id), format.rows));
  });
  router.get('/snapshots/:id/report.:format', async (request, response) => {
    const id = /^LeaderboardSnapshot_([1-9]\d{0,17})$/.exec(request.params.id)?.[1];
    if (id === undefined || !formatOf(request.params.format)) {
      nothing(request, response);
      return;
    }
    const hidden = await hiddenSplitsOf(services, actorOf(response), 'LeaderboardSnapshot', BigInt(id));
    if (hidden.length > 0) {
      refuseHidden(response, hidden);
      return;
    }
    const row = await services.database.prisma.leaderboardSnapshot.findUnique({ where: { id: BigInt(id) } });
    const snapshot = row && { document: row.document as unknown as SnapshotDocument, digest: row.digest };
    send(request, response, snapshot ?? undefined);
  });
  return router;
}

function send(request: Request<{ format: string }>, response: Response, snapshot: Snapshot | undefined): void {
  const name = request.params.format;
  const format = formatOf(name);
  if (!snapshot || !format) {
    nothing(request, response);
    return;
  }
  const { document, digest } = snapshot;
  response.set({
    'content-type': format.type,
    'cache-control': 'private, no-cache',
    etag: `"${digest.slice(0, 32)}-${name}"`,
    ...HARMLESS,
    ...('download' in request.query && {
      'content-disposition': `attachment; filename="${fileName(document)}.${name}"`,
    }),
  });
  if (request.fresh) response.status(304).end();
  else response.send(Buffer.from(format.render(snapshot)));
}

const fileName = ({ board, number, createdAt }: SnapshotDocument): string =>
  `${slugify(board.name)}-${number === 0 ? createdAt.slice(0, 10) : `snapshot-${number}`}`;

function refuseHidden(response: Response, hidden: Parameters<typeof labelsAreHidden>[1]): void {
  const { message, problems } = labelsAreHidden('report', hidden);
  refuse(response, 422, message, problems);
}

const nothing = (request: Request, response: Response): void =>
  refuse(response, 404, `There is nothing at ${request.path.slice(0, 200)}; what is not ranked yet has no report.`);
