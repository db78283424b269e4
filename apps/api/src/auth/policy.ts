import { timingSafeEqual } from 'node:crypto';
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/**
 * Who is asking. Without accounts there are two: anyone on this machine (`local` mode), or whoever holds the server's
 * token. This module is the only place that decides.
 */
export type Actor = { kind: 'local' } | { kind: 'service' };

const LOCAL_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * @returns the actor, or why there is none
 */
export function identify(
  headers: IncomingHttpHeaders,
  token: string | undefined,
): { actor: Actor } | { refused: 401 | 403; reason: string } {
  if (token !== undefined) {
    const given = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
    if (given === undefined)
      return { refused: 401, reason: 'A bearer token is needed: Authorization: Bearer <token>.' };
    return equalSecrets(given, token)
      ? { actor: { kind: 'service' } }
      : { refused: 401, reason: 'The token is not valid.' };
  }
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

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).hostname : '';
}

/** Digests have equal lengths, so that the comparison takes the same time whatever was given. */
function equalSecrets(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
