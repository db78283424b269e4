import { NextResponse, type NextRequest } from 'next/server';
import { readConfig } from '@/config';
import { refusal } from '@/graphql/access';

/** Pages are refused to whom the API would refuse; the handlers that stream look for themselves. */
export function proxy(request: NextRequest): Response {
  const refused = refusal(request.headers, readConfig().token === undefined);
  return refused ? new Response(refused, { status: 403 }) : NextResponse.next();
}

export const config = { matcher: '/((?!graphql|uploads|blobs|_next/static|favicon).*)' };
