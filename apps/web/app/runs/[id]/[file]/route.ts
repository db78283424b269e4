import { forward, nothingThere } from '@/graphql/forward';
import { pathOfFile, pathOfSending } from '@/graphql/run-routes';

interface Props {
  params: Promise<{ id: string; file: string }>;
}

export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { id, file } = await params;
  const path = pathOfFile(id, file, new URL(request.url).searchParams);
  return path === undefined ? nothingThere() : forward(request, path);
}

/** Programs need no other address than people. */
export async function POST(request: Request, { params }: Props): Promise<Response> {
  const { id, file } = await params;
  const path = pathOfSending(id, file, new URL(request.url).searchParams);
  return path === undefined ? nothingThere() : forward(request, path);
}
