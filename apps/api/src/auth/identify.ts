import { timingSafeEqual, createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type pg from 'pg';
import type { Accounts } from './accounts.ts';
import type { Actor } from './policy.ts';
import { actorOfToken } from './tokens.ts';

/** How somebody may be known here. Without a token of the server and without accounts it is `local` mode. */
export interface Doors {
  pool: pg.Pool;
  /** The server's own token. */
  token: string | undefined;
  accounts: Accounts | undefined;
}

export type Identified = { actor: Actor } | { refused: 401 | 403; reason: string };

const LOCAL_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/** @returns who is asking, or why it is not known */
export async function identify(headers: IncomingHttpHeaders, doors: Doors): Promise<Identified> {
  if (doors.token === undefined && !doors.accounts) return identifyLocal(headers);
  const given = credentialOf(headers.authorization);
  if (given !== undefined) {
    if (doors.token !== undefined && equalSecrets(given, doors.token)) return { actor: { kind: 'server' } };
    const known = await actorOfToken(doors.pool, given);
    return 'reason' in known ? { refused: 401, reason: known.reason } : { actor: known };
  }
  if (doors.accounts) return { actor: (await doors.accounts.personOf(headers)) ?? { kind: 'anonymous' } };
  return { refused: 401, reason: 'A bearer token is needed: Authorization: Bearer <token>.' };
}

function identifyLocal(headers: IncomingHttpHeaders): Identified {
  // A web site of strangers may resolve its own name to 127.0.0.1 (DNS rebinding); its requests carry that name.
  const name = (headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  if (!LOCAL_NAMES.has(name)) {
    return { refused: 403, reason: `In local mode the host must be localhost, not '${name}'.` };
  }
  // Browsers send the page's origin with whatever a page sends elsewhere; only pages of this machine may.
  const { origin } = headers;
  if (origin !== undefined && !LOCAL_NAMES.has(hostOf(origin))) {
    return { refused: 403, reason: `In local mode pages of '${origin}' may not call this API.` };
  }
  return { actor: { kind: 'local' } };
}

/** A bearer token, or the password of Basic, in which clients of MLflow send it. */
function credentialOf(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined;
  const [, scheme = '', value = ''] = /^(\S+) +(.*)$/.exec(authorization) ?? [];
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() !== 'basic') return '';
  const pair = Buffer.from(value, 'base64').toString('utf8');
  return pair.slice(pair.indexOf(':') + 1);
}

const hostOf = (origin: string): string => (URL.canParse(origin) ? new URL(origin).hostname : '');

/** Digests have equal lengths, so that the comparison takes the same time whatever was given. */
function equalSecrets(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
