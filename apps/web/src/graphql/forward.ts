import 'server-only';
import { readConfig } from '@/config';
import { refusal } from './access';

/** Headers that concern the hop between browser and page, or that the API must not take from a browser. */
const ASKED = [
  'accept',
  'content-type',
  'range',
  'if-range',
  'if-none-match',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  // Uploads in parts, by tus.
  'tus-resumable',
  'upload-length',
  'upload-metadata',
  'upload-offset',
];
const ANSWERED = [
  'content-type',
  'content-length',
  'content-range',
  'content-disposition',
  'content-security-policy',
  'accept-ranges',
  'cache-control',
  'etag',
  'x-content-type-options',
  'location',
  'tus-resumable',
  'upload-expires',
  'upload-length',
  'upload-offset',
];

/** Hands a request on to the API and its answer back, both as they come, so that the page has one origin. */
export async function forward(request: Request, path: string): Promise<Response> {
  const { apiUrl, token } = readConfig();
  const refused = refusal(request.headers, token === undefined);
  if (refused) return Response.json({ errors: [{ message: refused }] }, { status: 403 });
  const headers = pick(request.headers, ASKED);
  // The API may allow browsers less than programs.
  headers.set('x-samplewise-page', '1');
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  try {
    const answer = await fetch(`${apiUrl}${path}`, {
      method: request.method,
      headers,
      signal: request.signal,
      redirect: 'manual',
      cache: 'no-store',
      ...(request.body ? { body: request.body, duplex: 'half' } : {}),
    });
    const answered = pick(answer.headers, ANSWERED);
    // fetch has unpacked the body, so that its packed length is no longer true.
    if (answer.headers.has('content-encoding')) answered.delete('content-length');
    return new Response(answer.body, { status: answer.status, headers: answered });
  } catch (error) {
    if (request.signal.aborted) return new Response(null, { status: 499 });
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return Response.json({ errors: [{ message: `The API does not answer: ${reason}` }] }, { status: 502 });
  }
}

/** There is no such route. */
export const nothingThere = (): Response =>
  Response.json({ errors: [{ message: 'There is nothing at this address.' }] }, { status: 404 });

function pick(from: Headers, names: readonly string[]): Headers {
  const picked = new Headers();
  for (const name of names) {
    const value = from.get(name);
    if (value !== null) picked.set(name, value);
  }
  return picked;
}
