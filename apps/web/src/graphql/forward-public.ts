import 'server-only';
import { readConfig } from '@/config';
import { refusal } from './access';
import { handBack, pick } from './headers';
import { readOrigin } from './origin';

/** What of a reader's headers the API gets: nothing that tells who he is, but for the password of a link. */
const ASKED = ['accept', 'if-none-match', 'authorization'];
/** What of the API's headers he gets. */
const ANSWERED = [
  'content-type',
  'content-length',
  'content-security-policy',
  'cache-control',
  'etag',
  'retry-after',
  'referrer-policy',
  'www-authenticate',
  'x-content-type-options',
  'x-robots-tag',
  'access-control-allow-origin',
];

/** Hands on what everybody may read: in nobody's name, so that nothing else can be reached by it. Other sites may embed it. */
export async function forwardPublic(request: Request, path: string): Promise<Response> {
  const config = readConfig();
  const host = new Headers({ host: request.headers.get('host') ?? '' });
  const refused = refusal(host, config);
  if (refused) return new Response(refused, { status: 403 });
  const page = new URLSearchParams({ page: await readOrigin() });
  try {
    const answer = await fetch(`${config.apiUrl}${path}?${page}`, {
      headers: pick(request.headers, ASKED),
      signal: request.signal,
      redirect: 'manual',
      cache: 'no-store',
    });
    return handBack(answer, ANSWERED);
  } catch {
    if (request.signal.aborted) return new Response(null, { status: 499 });
    return new Response('The API does not answer. Try again in a while.', { status: 502 });
  }
}
