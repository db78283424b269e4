import { z } from 'zod';
import type { LogLevel, LogLineRowFragment, LogStream } from '@/generated/graphql';

/** Which lines are shown; it lives in the page's address. */
export interface LogFilter {
  level?: LogLevel;
  stream?: LogStream;
  search?: string;
}

/** The least serious first. */
export const LEVELS = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const satisfies readonly LogLevel[];
export const STREAMS = { STDOUT: 'Output', STDERR: 'Errors', SYSTEM: 'Platform' } as const satisfies Record<
  LogStream,
  string
>;

/** Longer ones are refused by the API. */
export const SEARCH_LIMIT = 200;

const level = z.enum(LEVELS);
const stream = z.enum(Object.keys(STREAMS) as [LogStream]);

export function readLogFilter(params: URLSearchParams): LogFilter {
  const search = (params.get('search') ?? '').slice(0, SEARCH_LIMIT);
  const ofLevel = level.safeParse(params.get('level')).data;
  const ofStream = stream.safeParse(params.get('stream')).data;
  return {
    ...(ofLevel && { level: ofLevel }),
    ...(ofStream && { stream: ofStream }),
    ...(search !== '' && { search }),
  };
}

/** What the API finds by the filter, for lines that come while it is set. A line of no level has none. */
export function fits({ level: least, stream: of, search }: LogFilter, line: LogLineRowFragment): boolean {
  if (of !== undefined && line.stream !== of) return false;
  if (least !== undefined && (line.level == null || LEVELS.indexOf(line.level) < LEVELS.indexOf(least))) return false;
  return search === undefined || line.text.toLowerCase().includes(search.toLowerCase());
}

/** Where the whole log is to be had as a file. */
export function downloadOf(runId: string, { level: least, stream: of }: LogFilter): string {
  const params = new URLSearchParams({ details: 'true' });
  if (least !== undefined) params.set('level', least);
  if (of !== undefined) params.set('stream', of);
  return `/runs/${runId}/logs.txt?${params.toString()}`;
}
