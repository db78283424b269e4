import type { SnapshotDocument } from '@samplewise/domain';
import {
  atomFeed,
  leaderboardBadge,
  leaderboardBibtex,
  leaderboardCsv,
  leaderboardHtml,
  leaderboardLatex,
  leaderboardMarkdown,
  leaderboardSvg,
  type Snapshot,
} from '@samplewise/reports';
import { Router, type Request, type Response } from 'express';
import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';
import type { Services } from '../context.ts';
import { readBoardFeed } from '../leaderboards/board-feed.ts';
import { findShared, isPassword, type SharedSnapshot } from '../leaderboards/links.ts';

/**
 * What may be read of leaderboards without a login. The rule, and nothing else decides:
 *
 * - GET /s/<token>.<format> and /badges/<token>.svg show a snapshot to whoever has the token of a link that is neither
 *   revoked nor expired, and its password where it has one. Nothing beyond that snapshot can be reached with it.
 * - GET /boards/Leaderboard_<n>.atom shows the feed of a board whose visibility is PUBLIC.
 *
 * All else is 404 with one text, so that nobody learns what is there.
 */
const NOTHING = 'There is nothing at this address.';

interface Format {
  type: string;
  render(snapshot: Snapshot): string;
}

const FORMATS: Readonly<Record<string, Format>> = {
  json: {
    type: 'application/json; charset=utf-8',
    render: ({ digest, document }) => JSON.stringify({ digest, document }),
  },
  csv: { type: 'text/csv; charset=utf-8', render: leaderboardCsv },
  md: { type: 'text/markdown; charset=utf-8', render: leaderboardMarkdown },
  tex: { type: 'application/x-tex; charset=utf-8', render: leaderboardLatex },
  bib: { type: 'application/x-bibtex; charset=utf-8', render: leaderboardBibtex },
  html: { type: 'text/html; charset=utf-8', render: leaderboardHtml },
  svg: { type: 'image/svg+xml; charset=utf-8', render: leaderboardSvg },
};
const BADGE: Format = { type: 'image/svg+xml; charset=utf-8', render: leaderboardBadge };

/** Changes whenever the same snapshot would be shown otherwise. */
const RENDERING = '1';
/** Seconds for which a shared cache may show what was revoked meanwhile. */
const FRESH = 60;
/** Of one link and minute. A guess costs a twentieth of a second of processor time. */
const GUESSES = 10;

export function publicLeaderboardRoutes(services: Pick<Services, 'database'>): Router {
  const router = Router();
  const guesses = new LRUCache<string, number>({ max: 10_000, ttl: 60_000, noUpdateTTL: true });

  const show = async (request: Request, response: Response, token: string, name: string, format: Format) => {
    const shared = await findShared(services, token);
    if (!shared) {
      nothing(response);
      return;
    }
    if (shared.passwordHash !== null && !(await mayRead(request, response, shared, shared.passwordHash))) return;
    const { document, digest } = shared.snapshot;
    response.set({
      'content-type': format.type,
      'cache-control': shared.passwordHash === null ? `public, max-age=${FRESH}` : 'private, no-cache',
      etag: `"${digest.slice(0, 32)}-${name}-${RENDERING}"`,
      ...HARMLESS,
    });
    if (request.fresh) response.status(304).end();
    else response.send(Buffer.from(format.render({ document: document as unknown as SnapshotDocument, digest })));
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
    const format = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
    if (format) await show(request, response, token, name, format);
    else nothing(response);
  });
  router.get('/badges/:file', async (request, response) => {
    const [, token = ''] = /^([^.]+)\.svg$/.exec(request.params.file) ?? [];
    await show(request, response, token, 'badge', BADGE);
  });
  router.get('/boards/:file', async (request, response) => {
    const [, number = ''] = /^Leaderboard_([1-9][0-9]{0,17})\.atom$/.exec(request.params.file) ?? [];
    const feed = number === '' ? undefined : await readBoardFeed(services.database, BigInt(number));
    if (!feed) {
      nothing(response);
      return;
    }
    const body = atomFeed(feed);
    response.set({
      'content-type': 'application/atom+xml; charset=utf-8',
      'cache-control': `public, max-age=${FRESH}`,
      etag: `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`,
      ...HARMLESS,
    });
    if (request.fresh) response.status(304).end();
    else response.send(Buffer.from(body));
  });
  return router;
}

/** Nothing of it runs, loads or sends anything, wherever it is shown; pages elsewhere may read and embed it. */
const HARMLESS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  'referrer-policy': 'no-referrer',
  'access-control-allow-origin': '*',
} as const;

function nothing(response: Response): void {
  response.status(404).set('cache-control', 'no-store').type('text').send(NOTHING);
}
