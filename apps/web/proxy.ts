import { NextResponse, type NextRequest } from 'next/server';
import { readConfig } from '@/config';
import { refusal } from '@/graphql/access';
import { PATH_HEADER } from '@/graphql/path';

/** Pages are refused to whom the API would refuse, and learn their own address; the handlers that stream look for themselves. */
export function proxy(request: NextRequest): Response {
  const refused = refusal(request.headers, readConfig());
  if (refused) return new Response(refused, { status: 403 });
  const headers = new Headers(request.headers);
  const { pathname, search } = request.nextUrl;
  headers.set(PATH_HEADER, `${pathname}${search}`);
  return NextResponse.next({ request: { headers } });
}

export const config = { matcher: '/((?!graphql|uploads|blobs|auth/|_next/static|favicon).*)' };
