import { randomUUID } from 'node:crypto';
import { numberOf, type Arena, type Somebody } from './competition.ts';

export interface Answered {
  status: number;
  submission?: string;
  repeated?: boolean;
  errors?: { message: string }[];
  problems?: { code: string; place: string; message: string }[];
}

interface Sent {
  /** The first of the entrants unless given. */
  who?: Somebody;
  type?: string;
  headers?: Record<string, string>;
  key?: string;
  name?: string;
}

/** Sends a file of predictions. */
export async function post(
  { stack, entrants }: Pick<Arena, 'stack' | 'entrants'>,
  board: string,
  body: string | Buffer,
  { who = entrants[0], type = 'text/csv', headers = {}, key = randomUUID(), name = 'a file' }: Sent = {},
): Promise<Answered> {
  const query = new URLSearchParams({ name, key }).toString();
  const response = await fetch(`${stack.apiUrl}/leaderboards/${board}/submissions?${query}`, {
    method: 'POST',
    headers: { ...who.credentials, 'content-type': type, ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  return { status: response.status, ...((await response.json()) as object) };
}

/** What is stored of a board's submissions. */
export async function stored(
  { stack }: Pick<Arena, 'stack'>,
  board: string,
): Promise<{ submissions: number; predictions: number; entrants: number }> {
  const { rows } = await stack.pool.query<{ submissions: number; predictions: number; entrants: number }>(
    `SELECT (SELECT count(*)::int FROM submission WHERE leaderboard_id = $1) AS submissions,
            (SELECT count(*)::int FROM prediction WHERE run_id IN (SELECT -id FROM submission WHERE leaderboard_id = $1)) AS predictions,
            (SELECT count(*)::int FROM entrant WHERE leaderboard_id = $1) AS entrants`,
    [numberOf(board)],
  );
  return rows[0]!;
}
