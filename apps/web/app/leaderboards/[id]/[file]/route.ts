import { forward, nothingThere } from '@/graphql/forward';
import { pathOfBoardFile, pathOfSubmission } from '@/graphql/board-routes';

interface Props {
  params: Promise<{ id: string; file: string }>;
}

export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { id, file } = await params;
  const path = pathOfBoardFile('leaderboards', id, file, new URL(request.url).searchParams);
  return path === undefined ? nothingThere() : forward(request, path);
}

/** A submission; programs need no other address than people. */
export async function POST(request: Request, { params }: Props): Promise<Response> {
  const { id, file } = await params;
  const path = pathOfSubmission(id, file, new URL(request.url).searchParams);
  return path === undefined ? nothingThere() : forward(request, path);
}
