import 'server-only';
import { readConfig, type WebConfig } from '@/config';
import { refusal } from './access';
import { handBack, pick } from './headers';
import { sessionOf } from './session';

/** What of a browser's headers the API gets. */
const ASKED = [
  'accept',
  'content-type',
  'content-encoding',
  'range',
  'if-range',
  'if-none-match',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'user-agent',
  // Uploads in parts, by tus.
  'tus-resumable',
  'upload-length',
  'upload-metadata',
  'upload-offset',
];
/** What of the API's headers the browser gets. */
const ANSWERED = [
  'content-type',
  'content-length',
  'content-range',
  'content-disposition',
  'content-security-policy',
  'accept-ranges',
  'cache-control',
  'etag',
  'retry-after',
  'x-retry-after',
  'x-content-type-options',
  'location',
  'tus-resumable',
  'upload-expires',
  'upload-length',
  'upload-offset',
];

/**
 * Hands a request on to the API and its answer back, both as they come, so that the page has one origin.
 * @param whole the body, where it has been read already
 */
export async function forward(request: Request, path: string, whole?: ArrayBuffer): Promise<Response> {
  const config = readConfig();
  const refused = refusal(request.headers, config);
  if (refused) return Response.json({ errors: [{ message: refused }] }, { status: 403 });
  try {
    const answer = await fetch(`${config.apiUrl}${path}`, {
      method: request.method,
      headers: headersFor(request.headers, config),
      signal: request.signal,
      redirect: 'manual',
      cache: 'no-store',
      ...bodyOf(request, whole),
    });
    const back = handBack(answer, ANSWERED);
    // Each is a header of its own.
    for (const cookie of answer.headers.getSetCookie()) back.headers.append('set-cookie', cookie);
    return back;
  } catch (error) {
    if (request.signal.aborted) return new Response(null, { status: 499 });
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return Response.json({ errors: [{ message: `The API does not answer: ${reason}` }] }, { status: 502 });
  }
}

function bodyOf({ body }: Request, whole: ArrayBuffer | undefined): { body?: BodyInit; duplex?: 'half' } {
  if (whole) return { body: whole };
  return body ? { body, duplex: 'half' } : {};
}

/**
 * In the name of a program that shows a token of its own, with the page's token in the operator's name, or in the name of
 * who has signed in in this browser; never in two.
 */
function headersFor(asked: Headers, { token, publicOrigin }: WebConfig): Headers {
  const headers = pick(asked, ASKED);
  const own = asked.get('authorization');
  if (own !== null) {
    headers.set('authorization', own);
    return headers;
  }
  // The API may allow browsers less than programs.
  headers.set('x-samplewise-page', '1');
  if (token !== undefined) {
    headers.set('authorization', `Bearer ${token}`);
    return headers;
  }
  const session = sessionOf(asked.get('cookie'));
  if (session !== undefined) headers.set('cookie', session);
  // It is the page's own, as `refusal` has seen; the API knows it by the name under which people reach it.
  const origin = asked.get('origin');
  if (origin !== null) headers.set('origin', publicOrigin ?? origin);
  // For the limit of attempts; the API believes it of those proxies alone that its operator has named.
  const from = asked.get('x-forwarded-for');
  if (from !== null) headers.set('x-forwarded-for', from);
  return headers;
}

/** There is no such route. */
export const nothingThere = (): Response =>
  Response.json({ errors: [{ message: 'There is nothing at this address.' }] }, { status: 404 });
