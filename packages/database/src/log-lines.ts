import { InvalidInput, LOG_LIMITS, problem } from '@samplewise/domain';
import type pg from 'pg';
import { announce } from './announce.ts';
import { copyRows } from './copy.ts';
import type { LogLevel, LogStream } from './generated/prisma/client.ts';

export interface NewLogLine {
  /** Milliseconds since 1970. */
  time: number;
  stream: LogStream;
  level: LogLevel | null;
  text: string;
}

/**
 * Appends lines to a run's log in the caller's transaction, which has the run's row locked, and announces them. The
 * lock on the counter is kept until the commit: whoever sees line n sees all before it.
 * @returns the number of the last line
 * @throws InvalidInput (TOO_LARGE) when the run has logged as much as it may
 */
export async function appendLogLines(
  client: pg.ClientBase,
  runId: bigint,
  lines: readonly NewLogLine[],
): Promise<number> {
  const size = lines.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const { rows } = await client.query<{ lines: number; bytes: bigint }>(
    `INSERT INTO run_log AS l (run_id, lines, bytes) VALUES ($1, $2, $3)
     ON CONFLICT (run_id) DO UPDATE SET lines = l.lines + excluded.lines, bytes = l.bytes + excluded.bytes
     RETURNING lines, bytes`,
    [runId, lines.length, size],
  );
  const total = rows[0]!;
  if (total.lines > LOG_LIMITS.runLines) throw tooMuch(runId, `${total.lines} lines`, `${LOG_LIMITS.runLines} lines`);
  if (total.bytes > BigInt(LOG_LIMITS.runBytes)) {
    throw tooMuch(runId, `${total.bytes} bytes`, `${LOG_LIMITS.runBytes} bytes`);
  }
  const first = total.lines - lines.length + 1;
  await copyRows(client, 'log_line (run_id, number, time, stream, level, text)', lines.entries(), (row, [i, line]) => {
    row.begin(6);
    row.int8(runId);
    row.int4(first + i);
    row.timestamp(line.time);
    row.text(line.stream);
    if (line.level === null) row.null();
    else row.text(line.level);
    row.text(line.text);
  });
  await announce((sql, values) => client.query(sql, values), { kind: 'logs', runId: String(runId) });
  return total.lines;
}

const tooMuch = (runId: bigint, would: string, limit: string): InvalidInput =>
  new InvalidInput(
    problem('TOO_LARGE', `The run's log would have ${would}.`, {
      place: 'input.runId',
      value: `Run_${runId}`,
      mend: `It may have ${limit}. Upload longer logs as an artifact.`,
    }),
  );

/**
 * Writes one line of the platform's own to a run's log, whatever its length so far, and announces it; nothing when
 * the run is gone. The run's row is locked first, as by all who write to it, so that nobody waits in a circle.
 * @param execute a statement of a connection, or of a transaction
 */
export async function logSystemLine(
  execute: (sql: string, values: unknown[]) => Promise<unknown>,
  runId: bigint,
  level: LogLevel,
  text: string,
): Promise<void> {
  const clean = Buffer.from(text.replaceAll('\0', '').replaceAll('\n', ' '))
    .subarray(0, LOG_LIMITS.lineBytes - 3)
    .toString('utf8');
  await execute(
    `WITH present AS (SELECT id FROM run WHERE id = $1 FOR KEY SHARE), counter AS (
       INSERT INTO run_log AS l (run_id, lines, bytes) SELECT id, 1, octet_length($3::text) FROM present
       ON CONFLICT (run_id) DO UPDATE SET lines = l.lines + 1, bytes = l.bytes + excluded.bytes
       RETURNING lines
     )
     INSERT INTO log_line (run_id, number, time, stream, level, text)
     SELECT $1, lines, clock_timestamp(), 'SYSTEM', $2::text::"LogLevel", $3::text FROM counter`,
    [runId, level, clean],
  );
  await announce(execute, { kind: 'logs', runId: String(runId) });
}
