import { LOG_LIMITS, type LOG_LEVELS, type LOG_STREAMS } from '@samplewise/domain';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { connectionOf } from './connection.ts';
import { ConnectionFailed, NotFound } from './errors.ts';
import { operation } from './operation.ts';
import { PROBLEM_FIELDS } from './problem-schema.ts';
import type { Transport } from './transport.ts';

export type LogStream = (typeof LOG_STREAMS)[number];
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface NewLogLine {
  time?: Date;
  stream?: LogStream;
  level?: LogLevel;
  /** Texts of several lines are several lines; what is too long for one is cut into pieces. */
  text: string;
}

const logLine = z.object({
  number: z.number(),
  time: z.string(),
  stream: z.string(),
  level: z.string().nullable(),
  text: z.string(),
});
export type LogLine = z.infer<typeof logLine>;

export const LOG_LINES = operation<{ input: { runId: string; batchId: string; lines: NewLogLine[] } }>()(
  `mutation LogLines($input: LogLinesInput!) {
    result: logLines(input: $input) {
      __typename
      ... on InvalidInputError { problems { ${PROBLEM_FIELDS} } }
      ... on LogLinesPayload { lastLine }
    }
  }`,
  z.object({ lastLine: z.number() }),
);

interface ReadLogVariables {
  id: string;
  first?: number;
  last?: number;
  after?: string;
  search?: string;
  level?: LogLevel;
}

export const READ_LOG = operation<ReadLogVariables>()(
  `query ReadLog($id: ID!, $first: Int, $last: Int, $after: String, $search: String, $level: LogLevel) {
    node(id: $id) {
      ... on Run {
        status
        logs(first: $first, last: $last, after: $after, search: $search, level: $level) {
          pageInfo { hasNextPage endCursor }
          edges { node { number time stream level text } }
        }
      }
    }
  }`,
  z.object({ node: z.object({ status: z.string(), logs: connectionOf(logLine) }).nullable() }),
);

/** Appends lines to a run's log. @returns the number of the last one */
export async function logLines(transport: Transport, runId: string, lines: readonly NewLogLine[]): Promise<number> {
  const pieces = lines.flatMap(({ text, ...line }) => cut(text).map((piece) => ({ ...line, text: piece })));
  let last = 0;
  for (let at = 0; at < pieces.length; at += BATCH) {
    const input = { runId, batchId: randomUUID(), lines: pieces.slice(at, at + BATCH) };
    ({ lastLine: last } = await transport.mutate(LOG_LINES, input));
  }
  return last;
}

const BATCH = 500;
/** Characters of a piece: none has more than four bytes. */
const PIECE = LOG_LIMITS.lineBytes / 4;

function cut(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const clean = line.replaceAll('\0', '\uFFFD').toWellFormed();
    const characters = clean.length > PIECE ? Array.from(clean) : [];
    if (characters.length === 0) return [clean];
    const pieces: string[] = [];
    for (let at = 0; at < characters.length; at += PIECE) pieces.push(characters.slice(at, at + PIECE).join(''));
    return pieces;
  });
}

export interface ReadLogOptions {
  /** Only lines with this in them, whatever the case of its letters. */
  search?: string;
  /** Only lines of this level and above. */
  level?: LogLevel;
  /** Only so many lines of the end, at most 200. */
  last?: number;
  /** Wait for lines that are still to come, until the run has ended. */
  follow?: boolean;
  signal?: AbortSignal;
}

const PAGE = 200;
const FOLLOW_MILLISECONDS = 500;
/** An API that restarts is away for seconds. */
const PATIENCE_MILLISECONDS = 60_000;
const ENDED: readonly string[] = ['FINISHED', 'FAILED', 'CANCELED'];

/** Lines of a run's log, page after page. Bears with an API that is away for a minute. @throws NotFound */
export async function* readLog(
  transport: Transport,
  id: string,
  { last, follow = false, signal, ...filter }: ReadLogOptions = {},
): AsyncGenerator<LogLine[], void> {
  let part: { last: number } | { first: number; after?: string } = last === undefined ? { first: PAGE } : { last };
  let heard = performance.now();
  for (;;) {
    signal?.throwIfAborted();
    try {
      const { node } = await transport.run(READ_LOG, { id, ...part, ...filter });
      if (!node) throw new NotFound(`There is no run ${id}.`);
      heard = performance.now();
      const { edges, pageInfo } = node.logs;
      if (edges.length > 0) yield edges.map((edge) => edge.node);
      const after = pageInfo.endCursor ?? ('after' in part ? part.after : undefined);
      part = { first: PAGE, ...(after === undefined ? {} : { after }) };
      // A page that was read back from the end has nothing after it.
      if (pageInfo.hasNextPage) continue;
      if (!follow || ENDED.includes(node.status)) return;
    } catch (error) {
      if (!(error instanceof ConnectionFailed) || performance.now() - heard > PATIENCE_MILLISECONDS) throw error;
    }
    await sleep(FOLLOW_MILLISECONDS, undefined, signal ? { signal } : {});
  }
}
