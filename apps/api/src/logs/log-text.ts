import { InvalidInput, LOG_LIMITS, logText, parseInput, problem, runKey } from '@samplewise/domain';
import { appendLogLines, inTransaction, type LogLevel, type LogStream } from '@samplewise/database';
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { Services } from '../context.ts';
import { lockOpenRun } from '../runs/lock-run.ts';
import { countLines } from './log-lines.ts';

/** What is stored at once; a slow sender's lines are stored after this time, so that others can read along. */
const CHUNK = { lines: 5000, bytes: 4 * 1024 * 1024, milliseconds: 500 };

interface LogText {
  runId: bigint;
  batchId: string;
  stream: LogStream;
  level: LogLevel | null;
  /** UTF-8; what is not is replaced by U+FFFD. */
  source: Readable;
}

interface LoggedText {
  /** Of this text. */
  lines: number;
  /** Number of the run's last line. */
  lastLine: number;
  /** All of it was there already. */
  repeated: boolean;
}

/** How far a batch is stored: its first `rows` lines, whose SHA-256 is `digest`. */
interface Progress {
  rows: number;
  digest: string;
}

/**
 * Appends a text to the log of a client's run, line by line as it comes, so that it may last as long as a program.
 * What has been stored when it breaks off stays; the same text sent again under the same batch goes on from there.
 * @throws InvalidInput naming the line; those before it are stored
 */
export async function logTextLines({ database }: Pick<Services, 'database'>, text: LogText): Promise<LoggedText> {
  const { runId, batchId } = text;
  parseInput(runKey, batchId, 'batch');
  const before = await inTransaction(database.pool, async (client) => {
    await lockOpenRun(client, runId);
    const { rows } = await client.query<Progress>(
      'SELECT rows, digest FROM ingest_batch WHERE run_id = $1 AND batch_id = $2',
      [runId, batchId],
    );
    return rows[0] ?? { rows: 0, digest: '' };
  });
  const hash = createHash('sha256');
  let read = 0;
  let stored = before;
  for await (const { lines, flaw } of chunksOf(text.source)) {
    const known = Math.min(lines.length, Math.max(0, before.rows - read));
    for (const line of lines.slice(0, known)) hash.update(line).update('\n');
    read += known;
    if (known > 0 && read === before.rows && hash.copy().digest('hex') !== before.digest) throw otherText(batchId);
    const added = lines.slice(known);
    for (const line of added) hash.update(line).update('\n');
    read += added.length;
    if (added.length > 0) {
      stored = await store(database, text, added, stored, { rows: read, digest: hash.copy().digest('hex') });
    }
    if (flaw) throw flaw;
  }
  if (read < before.rows) throw otherText(batchId);
  return { lines: read, lastLine: await countLines(database.pool, runId), repeated: read === before.rows && read > 0 };
}

function store(
  { pool }: Services['database'],
  { runId, batchId, stream, level }: LogText,
  lines: readonly string[],
  from: Progress,
  to: Progress,
): Promise<Progress> {
  return inTransaction(pool, async (client) => {
    await lockOpenRun(client, runId);
    const { rowCount } = await client.query(
      `INSERT INTO ingest_batch AS b (run_id, batch_id, rows, digest) VALUES ($1, $2, $3, $4)
       ON CONFLICT (run_id, batch_id) DO UPDATE SET rows = $3, digest = $4 WHERE b.rows = $5 AND b.digest = $6`,
      [runId, batchId, to.rows, to.digest, from.rows, from.digest],
    );
    if (rowCount === 0) throw otherText(batchId);
    const time = Date.now();
    await appendLogLines(
      client,
      runId,
      lines.map((text) => ({ time, stream, level, text })),
    );
    await client.query('UPDATE run SET heartbeat_at = now() WHERE id = $1', [runId]);
    return to;
  });
}

interface Chunk {
  lines: string[];
  /** What is wrong with the line after these. */
  flaw?: InvalidInput;
}

/** Lines gathered until there are enough of them, or the first has waited long enough. */
async function* chunksOf(source: Readable): AsyncGenerator<Chunk> {
  const reader = readLines(source);
  const pull = (): Promise<IteratorResult<string | InvalidInput, undefined>> => {
    const next = reader.next();
    // It may fail when nobody waits for it any more.
    next.catch(() => undefined);
    return next;
  };
  let next = pull();
  let number = 0;
  for (let ended = false; !ended;) {
    const chunk: Chunk = { lines: [] };
    let bytes = 0;
    const time = waitFor(CHUNK.milliseconds);
    while (chunk.lines.length < CHUNK.lines && bytes < CHUNK.bytes) {
      const result = await Promise.race([next, time.over]);
      if (result === undefined) break;
      ended = result.done === true;
      if (result.done) break;
      number++;
      const line = result.value;
      const flaw = line instanceof InvalidInput ? line : flawOf(line, number);
      if (flaw) {
        chunk.flaw = flaw;
        break;
      }
      chunk.lines.push(line as string);
      bytes += (line as string).length;
      next = pull();
    }
    time.cancel();
    if (chunk.lines.length > 0 || chunk.flaw) yield chunk;
  }
}

function waitFor(milliseconds: number): { over: Promise<undefined>; cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, milliseconds, undefined)));
  return {
    over,
    cancel: () => {
      clearTimeout(timer);
    },
  };
}

/** Lines without their ends, and at an endless one what is wrong. */
async function* readLines(source: Readable): AsyncGenerator<string | InvalidInput, undefined> {
  const decoder = new StringDecoder('utf8');
  let number = 0;
  let rest = '';
  for await (const chunk of source as AsyncIterable<Buffer>) {
    const lines = (rest + decoder.write(chunk)).split(/\r?\n/);
    rest = lines.pop()!;
    number += lines.length;
    yield* lines;
    if (rest.length > LOG_LIMITS.lineBytes) {
      const message = `The line has more than ${LOG_LIMITS.lineBytes} bytes.`;
      yield new InvalidInput(problem('TOO_LARGE', message, { place: `line ${number + 1}` }));
      return undefined;
    }
  }
  rest += decoder.end();
  if (rest !== '') yield rest;
  return undefined;
}

function flawOf(line: string, number: number): InvalidInput | undefined {
  const result = logText.safeParse(line);
  if (result.success) return undefined;
  return new InvalidInput(
    problem('INVALID_VALUE', result.error.issues[0]!.message, {
      place: `line ${number}`,
      value: line.slice(0, 100).replaceAll('\0', '\\0'),
    }),
  );
}

const otherText = (batchId: string): InvalidInput =>
  new InvalidInput(
    problem('CONFLICT', 'Another text is, or was, sent under this batch.', {
      place: 'batch',
      value: batchId,
      mend: 'Give each text an id of its own; repeat one only to send the same again.',
    }),
  );
