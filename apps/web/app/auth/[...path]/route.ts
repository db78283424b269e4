import { forward } from '@/graphql/forward';

/** Bytes; the API takes no more either. */
const BODY_LIMIT = 64 * 1024;

/** Sign-in, sign-up, sign-out and the way back from a provider; the API answers them. */
async function handle(request: Request, { params }: { params: Promise<{ path: string[] }> }): Promise<Response> {
  const path = (await params).path.map(encodeURIComponent).join('/');
  const address = `/auth/${path}${new URL(request.url).search}`;
  if (!request.body) return forward(request, address);
  const length = Number(request.headers.get('content-length') ?? Infinity);
  if (!(length <= BODY_LIMIT)) {
    return Response.json({ message: 'The body is too large, or does not say how large it is.' }, { status: 413 });
  }
  // Whole, so that its length is told: the API takes no stream there.
  return forward(request, address, await request.arrayBuffer());
}

export { handle as GET, handle as POST };
