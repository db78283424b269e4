import { forward, nothingThere } from '@/graphql/forward';
import { pathOfArtifact } from '@/graphql/run-routes';

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string; path: string[] }> },
): Promise<Response> {
  const { id, path: parts } = await params;
  const path = pathOfArtifact(id, parts.map(decodeURIComponent), new URL(request.url).searchParams);
  return path === undefined ? nothingThere() : forward(request, path);
}
