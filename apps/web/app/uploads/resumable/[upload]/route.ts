import { forward } from '@/graphql/forward';

interface Context {
  params: Promise<{ upload: string }>;
}

const handOn = async (request: Request, { params }: Context): Promise<Response> =>
  forward(request, `/uploads/resumable/${encodeURIComponent((await params).upload)}`);

/** How much of an upload has come, more of it, and its end. */
export { handOn as HEAD, handOn as PATCH, handOn as DELETE };
