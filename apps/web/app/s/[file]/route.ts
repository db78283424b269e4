import { forwardPublic } from '@/graphql/forward-public';

export async function GET(request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  return forwardPublic(request, `/s/${encodeURIComponent((await params).file)}`);
}
