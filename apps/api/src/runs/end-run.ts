import { InvalidInput, problem, type Problem } from '@samplewise/domain';
import { announce, enqueue, inTransaction, rankLeaderboardsOf } from '@samplewise/database';
import type pg from 'pg';
import type { Services } from '../context.ts';
import { lockClientRun, lockOpenRun, type LockedRun } from './lock-run.ts';

type Needed = Pick<Services, 'database' | 'boss'>;

/**
 * Ends a client's run. With predictions it is evaluated first, by an executor, and is finished when that is done;
 * without, as a training, it is finished at once. A run that has ended already stays as it is.
 * @param incomplete accept samples without a prediction, which then count as wrong
 * @throws InvalidInput
 */
export async function finishRun({ database, boss }: Needed, id: bigint, incomplete: boolean): Promise<void> {
  await inTransaction(database.pool, async (client) => {
    const run = await lockClientRun(client, id);
    if (run.status === 'FINISHED' || run.finishing) return;
    if (run.status !== 'RUNNING') throw ended(run);
    if (run.sampleDone === 0) {
      await client.query(`UPDATE run SET status = 'FINISHED', finished_at = now() WHERE id = $1`, [id]);
    } else if (run.sampleDone < run.sampleTotal && !incomplete) {
      throw new InvalidInput(
        problem(
          'INVALID_VALUE',
          `${run.sampleTotal - run.sampleDone} of ${run.sampleTotal} samples have no prediction.`,
          {
            place: 'input.runId',
            value: `Run_${id}`,
            mend: 'Log them, or set `incomplete`: then they count as wrong.',
          },
        ),
      );
    } else {
      await client.query('UPDATE run SET finishing_at = now() WHERE id = $1', [id]);
      await enqueue(boss, client, 'evaluate-run', [{ runId: String(id) }]);
    }
    await announceLocked(client, run);
  });
}

/** Ends a client's run as failed, for a reason that people read. @throws InvalidInput */
export async function failRun({ database }: Pick<Services, 'database'>, id: bigint, reason: Problem): Promise<void> {
  await inTransaction(database.pool, async (client) => {
    const run = await lockOpenRun(client, id);
    await client.query(`UPDATE run SET status = 'FAILED', finished_at = now(), failure = $2 WHERE id = $1`, [
      id,
      JSON.stringify(reason),
    ]);
    await announceLocked(client, run);
  });
}

/** Opens a client's run that has ended, to log more; its evaluation is made anew when it is finished. @throws InvalidInput */
export async function resumeRun({ database, boss }: Needed, id: bigint): Promise<void> {
  await inTransaction(database.pool, async (client) => {
    const run = await lockClientRun(client, id);
    if (run.finishing && run.status === 'RUNNING') {
      throw new InvalidInput(
        problem('CONFLICT', 'The run is being evaluated.', {
          place: 'input.runId',
          value: `Run_${id}`,
          mend: 'Wait until it is FINISHED.',
        }),
      );
    }
    await client.query(
      `UPDATE run SET status = 'RUNNING', finished_at = NULL, finishing_at = NULL, failure = NULL, heartbeat_at = now()
        WHERE id = $1`,
      [id],
    );
    await client.query('DELETE FROM evaluation WHERE run_id = $1', [id]);
    await announceLocked(client, run);
    await rankLeaderboardsOf(boss, client, [id]);
  });
}

/** Says that a client is still at work. @throws InvalidInput when the run has ended */
export async function heartbeat({ database }: Pick<Services, 'database'>, id: bigint): Promise<void> {
  await inTransaction(database.pool, async (client) => {
    await lockOpenRun(client, id);
    await client.query('UPDATE run SET heartbeat_at = now() WHERE id = $1', [id]);
  });
}

/** Tells everybody who follows the run or its experiment, when the transaction commits. */
export async function announceLocked(client: pg.ClientBase, run: LockedRun): Promise<void> {
  await announce((sql, values) => client.query(sql, values), {
    kind: 'run',
    runId: String(run.id),
    experimentId: String(run.experimentId),
  });
}

const ended = (run: LockedRun): InvalidInput =>
  new InvalidInput(
    problem('CONFLICT', `The run is ${run.status}.`, {
      place: 'input.runId',
      value: `Run_${run.id}`,
      mend: 'Resume it first: resumeRun.',
    }),
  );
