import { pathOfBoardFile } from '@/graphql/board-routes';
import { forward, nothingThere } from '@/graphql/forward';

interface Props {
  params: Promise<{ id: string; file: string }>;
}

export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { id, file } = await params;
  const path = pathOfBoardFile('snapshots', id, file, new URL(request.url).searchParams);
  return path === undefined ? nothingThere() : forward(request, path);
}
