import { InvalidInput, problem } from '@samplewise/domain';
import type { RunSource, RunStatus } from '@samplewise/database';
import type pg from 'pg';

export interface LockedRun {
  id: bigint;
  projectId: bigint;
  experimentId: bigint;
  status: RunStatus;
  source: RunSource;
  /** Finished by its client, and not evaluated yet. */
  finishing: boolean;
  sampleTotal: number;
  sampleDone: number;
}

/**
 * Locks a run's row until the transaction ends, so that two requests about one run come one after the other.
 * @throws InvalidInput when there is no such run, or it is in the bin
 */
export async function lockRun(client: pg.ClientBase, id: bigint): Promise<LockedRun> {
  const { rows } = await client.query<LockedRun>(
    `SELECT id, project_id AS "projectId", experiment_id AS "experimentId", status, source,
            finishing_at IS NOT NULL AS finishing,
            sample_total AS "sampleTotal", sample_done AS "sampleDone"
       FROM run WHERE id = $1 AND deleted_at IS NULL FOR UPDATE`,
    [id],
  );
  if (rows[0]) return rows[0];
  throw new InvalidInput(problem('NOT_FOUND', 'There is no such run.', { place: 'input.runId', value: `Run_${id}` }));
}

/**
 * Locks a run to which a client logs.
 * @throws InvalidInput also when it is an executor's, or has ended
 */
export async function lockOpenRun(client: pg.ClientBase, id: bigint): Promise<LockedRun> {
  const run = await lockClientRun(client, id);
  if (run.status === 'RUNNING' && !run.finishing) return run;
  const state = run.finishing ? 'being evaluated' : run.status;
  throw new InvalidInput(
    problem('CONFLICT', `The run is ${state}, so that nothing can be logged.`, {
      place: 'input.runId',
      value: `Run_${id}`,
      mend: 'Resume it first: resumeRun.',
    }),
  );
}

/** @throws InvalidInput also when the run is not a client's */
export async function lockClientRun(client: pg.ClientBase, id: bigint): Promise<LockedRun> {
  const run = await lockRun(client, id);
  if (run.source !== 'EXECUTOR') return run;
  throw new InvalidInput(
    problem('CONFLICT', 'The run belongs to an executor.', {
      place: 'input.runId',
      value: `Run_${id}`,
      mend: 'Clients log to runs that they have begun by createRun.',
    }),
  );
}
