import type { Database } from '@samplewise/database';
import { batched } from '../batched.ts';

/** Runs of executors that have not ended. */
export interface QueueState {
  queued: number;
  running: number;
  /** Of both, those that are paused. */
  paused: number;
  /** Samples that are to be predicted yet, without those of paused runs. */
  samples: number;
  /** Since when the one that waits longest is in the queue; null where none waits. */
  waitingSince: Date | null;
}

const NOTHING: QueueState = { queued: 0, running: 0, paused: 0, samples: 0, waitingSince: null };

const read = async (
  { pool }: Database,
  column: 'p.id' | 'p.team_id',
  ids: readonly bigint[],
): Promise<QueueState[]> => {
  const { rows } = await pool.query<QueueState & { id: bigint }>(
    `SELECT ${column} AS id,
            count(*) FILTER (WHERE r.status = 'QUEUED')::int AS queued,
            count(*) FILTER (WHERE r.status = 'RUNNING')::int AS running,
            count(*) FILTER (WHERE r.paused_at IS NOT NULL)::int AS paused,
            coalesce(sum(r.sample_total - r.sample_done) FILTER (WHERE r.paused_at IS NULL), 0)::float8 AS samples,
            min(r.created_at) FILTER (WHERE r.status = 'QUEUED' AND r.paused_at IS NULL) AS "waitingSince"
       FROM run r JOIN project p ON p.id = r.project_id
      WHERE r.status IN ('QUEUED', 'RUNNING') AND r.source = 'EXECUTOR' AND r.deleted_at IS NULL AND p.deleted_at IS NULL AND ${column} = ANY($1)
      GROUP BY ${column}`,
    [[...ids]],
  );
  return ids.map((id) => rows.find((row) => row.id === id) ?? NOTHING);
};

export const projectQueue = batched<bigint, QueueState>(({ database }, ids) => read(database, 'p.id', ids));
export const teamQueue = batched<bigint, QueueState>(({ database }, ids) => read(database, 'p.team_id', ids));
