import { forward, nothingThere } from '@/graphql/forward';
import { readOrigin } from '@/graphql/origin';
import { pathOfReport } from '@/graphql/report-routes';

interface Props {
  params: Promise<{ id: string; file: string }>;
}

export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { id, file } = await params;
  const path = pathOfReport(id, file, await readOrigin());
  return path === undefined ? nothingThere() : forward(request, path);
}
