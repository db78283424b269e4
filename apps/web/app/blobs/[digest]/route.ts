import { forward } from '@/graphql/forward';

export async function GET(request: Request, { params }: { params: Promise<{ digest: string }> }): Promise<Response> {
  return forward(request, `/blobs/${encodeURIComponent((await params).digest)}`);
}
