import 'server-only';
import { readConfig } from '@/config';
import { refusal } from './access';
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
    const headers = pick(answer.headers, ANSWERED);
    // fetch has unpacked the body, so that its packed length is no longer true.
    if (answer.headers.has('content-encoding')) headers.delete('content-length');
    return new Response(answer.body, { status: answer.status, headers });
  } catch {
    if (request.signal.aborted) return new Response(null, { status: 499 });
    return new Response('The API does not answer. Try again in a while.', { status: 502 });
  }
}

function pick(from: Headers, names: readonly string[]): Headers {
  const picked = new Headers();
  for (const name of names) {
    const value = from.get(name);
    if (value !== null) picked.set(name, value);
  }
  return picked;
}
