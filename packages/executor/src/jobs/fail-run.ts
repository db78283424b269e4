import { describeProblem, type Problem } from '@samplewise/domain';
import { announce, inTransaction, logSystemLine, type Database } from '@samplewise/database';

/** Ends a run that has not ended as FAILED, with the reason. */
export function failRun({ pool }: Pick<Database, 'pool'>, runId: bigint, failure: Problem): Promise<void> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ experiment_id: bigint }>(
      `UPDATE run SET status = 'FAILED', failure = $2, finished_at = now()
        WHERE id = $1 AND status IN ('QUEUED', 'RUNNING') RETURNING experiment_id`,
      [runId, JSON.stringify(failure)],
    );
    const run = rows[0];
    if (!run) return;
    const execute = (sql: string, values: unknown[]) => client.query(sql, values);
    await logSystemLine(execute, runId, 'ERROR', `Failed: ${describeProblem(failure)}`);
    await announce(execute, {
      kind: 'run',
      runId: String(runId),
      experimentId: String(run.experiment_id),
    });
  });
}
