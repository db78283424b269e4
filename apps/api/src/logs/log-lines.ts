import { logBatch, parseInput, runKey, type LogLineInput } from '@samplewise/domain';
import { appendLogLines, inTransaction, type NewLogLine } from '@samplewise/database';
import type pg from 'pg';
import type { Services } from '../context.ts';
import { claimBatch, digestOfColumns } from '../runs/ingest.ts';
import { lockOpenRun } from '../runs/lock-run.ts';

interface Logged {
  /** Number of the run's last line. */
  lastLine: number;
  /** This batch was there already. */
  repeated: boolean;
}

/**
 * Appends lines to the log of a client's run, all or none. The same batch sent again changes nothing.
 * @throws InvalidInput
 */
export async function logLines(
  { database }: Pick<Services, 'database'>,
  runId: bigint,
  batchId: string,
  input: unknown,
): Promise<Logged> {
  parseInput(runKey, batchId, 'input.batchId');
  const lines = parseInput(logBatch, input, 'input.lines');
  const digest = digestOfColumns([JSON.stringify(lines)]);
  return inTransaction(database.pool, async (client) => {
    await lockOpenRun(client, runId);
    if (!(await claimBatch(client, runId, batchId, lines.length, digest)))
      return { lastLine: await countLines(client, runId), repeated: true };
    const lastLine = await appendLogLines(client, runId, lines.map(toRow));
    await client.query('UPDATE run SET heartbeat_at = now() WHERE id = $1', [runId]);
    return { lastLine, repeated: false };
  });
}

function toRow({ time, stream, level, text }: LogLineInput): NewLogLine {
  return { time: time?.getTime() ?? Date.now(), stream, level: level ?? null, text };
}

export async function countLines(client: Pick<pg.ClientBase, 'query'>, runId: bigint): Promise<number> {
  const { rows } = await client.query<{ lines: number }>('SELECT lines FROM run_log WHERE run_id = $1', [runId]);
  return rows[0]?.lines ?? 0;
}
