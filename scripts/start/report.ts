import { z } from 'zod';

/** pino's levels: 50 is error, 60 is fatal. */
const ERROR_LEVEL = 50;
const DISK_FULL = /ENOSPC|No space left on device|could not extend file/i;
const DISK_PAUSE_MILLISECONDS = 60_000;

const logLine = z.object({ level: z.number(), msg: z.string().default(''), error: z.unknown() });

let diskToldAt = 0;

/** Shows in the terminal what a person should know of a part's log: its errors, and a full disk in plain words. */
export function reportLine(part: string, line: string, stream: 'output' | 'error'): void {
  if (DISK_FULL.test(line)) tellDiskFull();
  const parsed = line.startsWith('{') ? parse(line) : undefined;
  if (parsed) {
    if (parsed.level < ERROR_LEVEL) return;
    const cause = typeof parsed.error === 'string' ? `: ${parsed.error.split('\n')[0] ?? ''}` : '';
    console.error(`[${part}] ${parsed.msg}${cause}`);
  } else if (stream === 'error' && line.trim() !== '') console.error(`[${part}] ${line}`);
}

function parse(line: string): z.infer<typeof logLine> | undefined {
  try {
    return logLine.parse(JSON.parse(line));
  } catch {
    return undefined; // not a line of the logger
  }
}

/** Every failed write says it; once a minute is enough. */
function tellDiskFull(): void {
  if (Date.now() - diskToldAt < DISK_PAUSE_MILLISECONDS) return;
  diskToldAt = Date.now();
  console.error(
    '\nThe disk is full. Free some space: what failed is tried again, and nothing that was stored is lost.\n' +
      'If a part does not recover, stop with Ctrl-C and start again.\n',
  );
}
