import type { Database } from '@samplewise/database';

/** What one team has in the queue. */
export interface TeamTurn {
  teamId: bigint;
  /** 1 is next, as far as can be told: it also depends on which executor asks. */
  turn: number;
  /** Shards that executors may take; counted up to SHARD_LIMIT. */
  waitingShards: number;
  /** Shards that executors are at work on. */
  activeShards: number;
  /** That models have worked for it of late: seconds count half after a minute. */
  recentSeconds: number;
}

export const SHARD_LIMIT = 100_000;
/** As in packages/executor/src/shards/claim-shard.ts, which decides whose turn it is. */
const HALF_LIFE_SECONDS = 60;

/** Teams with open runs, in the order in which executors turn to them: who has had the least of late comes first. */
export async function readTurns({ pool }: Pick<Database, 'pool'>): Promise<TeamTurn[]> {
  const { rows } = await pool.query<Omit<TeamTurn, 'turn'>>(
    `WITH open AS (
       SELECT DISTINCT p.team_id FROM run r JOIN project p ON p.id = r.project_id AND p.deleted_at IS NULL
        WHERE r.status IN ('QUEUED', 'RUNNING') AND r.source = 'EXECUTOR' AND r.deleted_at IS NULL
     ), active AS (
       SELECT p.team_id, count(*)::int AS shards FROM executor e
         JOIN run_shard s ON s.executor_id = e.id AND s.finished_at IS NULL
         JOIN run r ON r.id = s.run_id JOIN project p ON p.id = r.project_id
        WHERE e.status = 'RUNNING' GROUP BY p.team_id
     )
     SELECT open.team_id AS "teamId", coalesce(active.shards, 0) AS "activeShards", waiting.shards AS "waitingShards",
            coalesce(u.seconds * 0.5 ^ (extract(epoch FROM now() - u.counted_at)::float8 / ${HALF_LIFE_SECONDS}), 0) AS "recentSeconds"
       FROM open LEFT JOIN active USING (team_id) LEFT JOIN team_usage u USING (team_id)
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS shards FROM (
          SELECT 1 FROM project p JOIN run r ON r.project_id = p.id AND r.status IN ('QUEUED', 'RUNNING')
            AND r.source = 'EXECUTOR' AND r.deleted_at IS NULL AND r.paused_at IS NULL
            JOIN run_shard s ON s.run_id = r.id AND s.finished_at IS NULL AND s.executor_id IS NULL
           WHERE p.team_id = open.team_id AND p.deleted_at IS NULL LIMIT ${SHARD_LIMIT}
        ) AS counted
      ) AS waiting
      ORDER BY waiting.shards = 0, "recentSeconds", coalesce(active.shards, 0), open.team_id`,
  );
  return rows.map((row, i) => ({ ...row, turn: i + 1 }));
}
