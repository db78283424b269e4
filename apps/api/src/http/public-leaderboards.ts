import type { SnapshotDocument } from '@samplewise/domain';
import { atomFeed, refusalHtml, type PublishedAt, type Snapshot } from '@samplewise/reports';
import { Router, type Request, type Response } from 'express';
import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';
import type { Services } from '../context.ts';
import { readBoardFeed } from '../leaderboards/board-feed.ts';
import { findShared, isPassword, type SharedSnapshot } from '../leaderboards/links.ts';
import { isPublicBoard, readLiveBoard } from '../leaderboards/live-board.ts';
import { BADGE, formatOf, HARMLESS, type LeaderboardFormat } from './leaderboard-formats.ts';
import { pageOf } from './page-of.ts';

/**
 * What may be read of leaderboards without a login. The rule, and nothing else decides:
 *
 * - GET /s/<token>.<format> and /badges/<token>.svg show a snapshot to whoever has the token of a link that is neither
 *   revoked nor expired, and its password where it has one. Nothing beyond that snapshot can be reached with it.
 * - GET /boards/Leaderboard_<n>.<format> and .atom show a board whose visibility is PUBLIC, and its feed.
 *
 * `?page=https://evaluate.example` says where a page is read, for its picture in previews (Open Graph).
 *
 * All else is 404 with one text, so that nobody learns what is there.
 */
const NOTHING = 'There is nothing at this address.'; // also where a link was revoked or has expired

/** Changes whenever the same snapshot would be shown otherwise. */
const RENDERING = '2';
/** Seconds for which a shared cache may show what was revoked meanwhile. */
const FRESH = 60;
/** Of one link and minute. A guess costs a twentieth of a second of processor time. */
const GUESSES = 10;

export function publicLeaderboardRoutes(services: Pick<Services, 'database'>): Router {
  const router = Router();
  const guesses = new LRUCache<string, number>({ max: 10_000, ttl: 60_000, noUpdateTTL: true });

  const send = (request: Request, response: Response, snapshot: Snapshot, shown: Shown) => {
    const { name, format, isGuarded, isFound } = shown;
    const page = pageOf(request);
    const at = page === undefined || page === 'refused' ? undefined : publishedAt(`${page}${request.path}`, isFound);
    response.set({
      'content-type': format.type,
      // Asked for anew each time, so that what is revoked is gone at once; badges are asked for by every reader of a README.
      'cache-control': isGuarded
        ? 'private, no-cache'
        : `public, ${name === 'badge' ? `max-age=${FRESH}` : 'no-cache'}`,
      etag: `"${snapshot.digest.slice(0, 32)}-${name}-${RENDERING}${at ? '-p' : ''}"`,
      ...OPEN,
      ...(!isFound && { 'x-robots-tag': 'noindex' }),
    });
    if (request.fresh) response.status(304).end();
    else response.send(Buffer.from(format.render(snapshot, at)));
  };

  const show = async (request: Request, response: Response, token: string, name: string, format: LeaderboardFormat) => {
    const shared = await findShared(services, token);
    if (!shared) {
      nothing(request, response);
      return;
    }
    if (shared.passwordHash !== null && !(await mayRead(request, response, shared, shared.passwordHash))) return;
    const { document, digest } = shared.snapshot;
    const snapshot = { document: document as unknown as SnapshotDocument, digest };
    send(request, response, snapshot, { name, format, isGuarded: shared.passwordHash !== null, isFound: false });
  };

  const mayRead = async (request: Request, response: Response, { id }: SharedSnapshot, hash: string) => {
    const [, encoded = ''] = /^Basic ([A-Za-z0-9+/=]{1,2000})$/.exec(request.headers.authorization ?? '') ?? [];
    const [, password] = /^[^:]*:(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
    const made = guesses.get(String(id)) ?? 0;
    if (password !== undefined && made >= GUESSES) {
      response.status(429).set('retry-after', '60').type('text').send('Too many passwords were tried. Wait a minute.');
      return false;
    }
    if (password !== undefined) {
      // Counted before it is looked at, so that many at once are not more than many.
      guesses.set(String(id), made + 1);
      if (await isPassword(password, hash)) {
        guesses.set(String(id), Math.max(0, (guesses.get(String(id)) ?? 1) - 1));
        return true;
      }
    }
    response
      .status(401)
      .set({ 'www-authenticate': 'Basic realm="Samplewise snapshot", charset="UTF-8"', 'cache-control': 'no-store' })
      .type('text')
      .send('A password is needed.');
    return false;
  };

  router.get('/s/:file', async (request, response) => {
    const [, token = '', name = ''] = /^([^.]+)\.([a-z]+)$/.exec(request.params.file) ?? [];
    const format = formatOf(name);
    if (format) await show(request, response, token, name, format);
    else nothing(request, response);
  });
  router.get('/badges/:file', async (request, response) => {
    const [, token = ''] = /^([^.]+)\.svg$/.exec(request.params.file) ?? [];
    await show(request, response, token, 'badge', BADGE);
  });
  router.get('/boards/:file', async (request, response) => {
    const [, number = '', name = ''] = /^Leaderboard_([1-9][0-9]{0,17})\.([a-z]+)$/.exec(request.params.file) ?? [];
    if (name === 'atom') {
      await feed(request, response, BigInt(number));
      return;
    }
    // Nobody can cite what changes.
    const format = name === 'bib' ? undefined : formatOf(name);
    const isOpen = format && number !== '' && (await isPublicBoard(services, BigInt(number)));
    const board = isOpen ? await readLiveBoard(services, BigInt(number), format.rows) : undefined;
    if (board && format) send(request, response, board, { name, format, isGuarded: false, isFound: true });
    else nothing(request, response);
  });
  const feed = async (request: Request, response: Response, id: bigint): Promise<void> => {
    const told = await readBoardFeed(services.database, id);
    if (!told) {
      nothing(request, response);
      return;
    }
    const body = atomFeed(told);
    response.set({
      'content-type': 'application/atom+xml; charset=utf-8',
      'cache-control': `public, max-age=${FRESH}`,
      etag: `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`,
      ...OPEN,
    });
    if (request.fresh) response.status(304).end();
    else response.send(Buffer.from(body));
  };
  return router;
}

/** How something is shown. */
interface Shown {
  name: string;
  format: LeaderboardFormat;
  /** By a password. */
  isGuarded: boolean;
  /** Whether search engines may find it: what somebody has a link of is for those to whom he gives it. */
  isFound: boolean;
}

const publishedAt = (address: string, isFound: boolean): PublishedAt => ({
  address,
  picture: address.replace(/\.[a-z]+$/, '.png'),
  isFound,
});

/** Pages elsewhere may read and embed it. */
const OPEN = { ...HARMLESS, 'access-control-allow-origin': '*' } as const;

function nothing(request: Request, response: Response): void {
  response.status(404).set({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex', ...HARMLESS });
  if (request.accepts(['text', 'html']) === 'html') response.type('html').send(refusalHtml(NOTHING));
  else response.type('text').send(NOTHING);
}
