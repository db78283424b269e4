import type { Database, LogLevel, LogStream } from '@samplewise/database';
import { inTransaction } from '@samplewise/database';

export interface LogLineRow {
  number: number;
  time: Date;
  stream: LogStream;
  level: LogLevel | null;
  text: string;
}

export interface LogFilter {
  stream?: LogStream | undefined;
  /** This level and above; lines without a level are left out. */
  level?: LogLevel | undefined;
  /** A part of the text, whatever the case of its letters. */
  search?: string | undefined;
}

export interface LogPage {
  /** Numbers of lines, exclusive. */
  after?: number | undefined;
  before?: number | undefined;
  limit: number;
  /** From the end; the lines come in that order too. */
  inverted: boolean;
}

/** Lines that one statement looks through. */
const WINDOW = 20_000;
/** After it no other window is begun. */
const SEARCH_MILLISECONDS = 2000;
/** Of one window; it takes some milliseconds unless the machine is in trouble. */
const STATEMENT_MILLISECONDS = 10_000;

type Pool = Pick<Database, 'pool'>;

/**
 * A page of a run's log. A filter looks at no more lines than it can within two seconds.
 * @param lines of the whole log
 * @returns `stoppedAt`: the last line that was looked at, where there are more and the page is not full
 */
export async function readLog(
  { pool }: Pool,
  run: { id: bigint; lines: number },
  filter: LogFilter,
  page: LogPage,
): Promise<{ rows: LogLineRow[]; stoppedAt?: number }> {
  const first = Math.max(1, (page.after ?? 0) + 1);
  const last = Math.min(run.lines, (page.before ?? Infinity) - 1);
  if (first > last) return { rows: [] };
  const { where, values } = conditions(filter);
  const order = page.inverted ? 'DESC' : 'ASC';
  const sql = `SELECT number, time, stream, level, text FROM log_line
    WHERE run_id = $1 AND number BETWEEN $2 AND $3 ${where} ORDER BY number ${order} LIMIT $4`;
  if (where === '') {
    const { rows } = await pool.query<LogLineRow>(sql, [run.id, first, last, page.limit]);
    return { rows };
  }
  return inTransaction(pool, async (client) => {
    await client.query(`SET LOCAL statement_timeout = ${STATEMENT_MILLISECONDS}`);
    const found: LogLineRow[] = [];
    const begun = performance.now();
    for (let [from, to] = page.inverted ? [last, first] : [first, last]; ;) {
      const edge = page.inverted ? Math.max(to, from - WINDOW + 1) : Math.min(to, from + WINDOW - 1);
      const range = page.inverted ? [edge, from] : [from, edge];
      const { rows } = await client.query<LogLineRow>(sql, [run.id, ...range, page.limit - found.length, ...values]);
      found.push(...rows);
      if (found.length === page.limit || edge === to) return { rows: found };
      if (performance.now() - begun > SEARCH_MILLISECONDS) return { rows: found, stoppedAt: edge };
      from = page.inverted ? edge - 1 : edge + 1;
    }
  });
}

/** SQL and its values from $5 on. */
function conditions({ stream, level, search }: LogFilter): { where: string; values: unknown[] } {
  const values: unknown[] = [];
  const add = (value: unknown): string => `$${values.push(value) + 4}`;
  const where = [
    ...(stream ? [`AND stream = ${add(stream)}::"LogStream"`] : []),
    ...(level ? [`AND level >= ${add(level)}::"LogLevel"`] : []),
    // The server's own language may know no letters but English ones. `%` and `_` stand for themselves.
    ...(search
      ? [`AND text COLLATE "und-x-icu" ILIKE ${add(`%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`)}`]
      : []),
  ];
  return { where: where.join(' '), values };
}

/** Lines that are read at once: 16 MB when all are as long as they may be. */
const AT_ONCE = 1000;

/** The lines after a number, in pages that are read when they are asked for. */
export async function* pagesOfLog(
  database: Pool,
  run: { id: bigint; lines: number },
  filter: Omit<LogFilter, 'search'>,
  after = 0,
): AsyncGenerator<LogLineRow[]> {
  for (let at = after; ;) {
    const { rows, stoppedAt } = await readLog(database, run, filter, { after: at, limit: AT_ONCE, inverted: false });
    if (rows.length > 0) yield rows;
    const next = stoppedAt ?? (rows.length === AT_ONCE ? rows.at(-1)!.number : undefined);
    if (next === undefined) return;
    at = next;
  }
}
