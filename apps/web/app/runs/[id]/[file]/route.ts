import { forward, nothingThere } from '@/graphql/forward';
import { pathOfFile } from '@/graphql/run-routes';

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string; file: string }> },
): Promise<Response> {
  const { id, file } = await params;
  const path = pathOfFile(id, file, new URL(request.url).searchParams);
  return path === undefined ? nothingThere() : forward(request, path);
}
