import type { Database } from '@samplewise/database';

/** A shard that this executor has taken: nobody else takes it until it is given back, or the executor falls silent. */
export interface ShardClaim {
  runId: bigint;
  index: number;
  teamId: bigint;
  /** 1 at the first time. */
  attempt: number;
  /** Why the attempt before failed. */
  lastError: string | null;
}

export interface Turns {
  /** The team that this executor served last. */
  lastTeam: bigint | null;
  /** A team is served for so many seconds before it is another's turn, since loading another model takes some. */
  turnSeconds: number;
}

/** What a team has had counts half after so long, as in Slurm's fair-share: who waited a while is served first. */
const HALF_LIFE_SECONDS = 60;
/** Two executors that choose the same shard: one of them chooses again. */
const TRIES = 20;

const CLAIMABLE = `s.finished_at IS NULL AND s.executor_id IS NULL AND (s.retry_at IS NULL OR s.retry_at <= now())`;

/**
 * Of each team the first shard of its most urgent run, the oldest of equals; of these the one whose team has had the
 * least of late. Each project and status is one look into an index, so that thousands of waiting runs do not slow it.
 * `active` counts what others have begun for a team as a turn each, so that idle executors do not all begin with one
 * team. The lock on the own row keeps others from taking us for dead, and freeing our shards, at the same moment: the
 * shard would be taken for ever.
 */
const CLAIM = `
  WITH me AS (
    SELECT id FROM executor WHERE id = $1 AND status = 'RUNNING' FOR SHARE
  ), active AS (
    SELECT p.team_id, count(*) AS shards, count(*) FILTER (WHERE s.executor_id <> $1) AS of_others
      FROM executor e JOIN run_shard s ON s.executor_id = e.id AND s.finished_at IS NULL
      JOIN run r ON r.id = s.run_id JOIN project p ON p.id = r.project_id
     WHERE e.status = 'RUNNING' GROUP BY p.team_id
  ), open AS (
    SELECT DISTINCT project_id FROM run WHERE status IN ('QUEUED', 'RUNNING') AND source = 'EXECUTOR'
  ), waiting AS (
    SELECT DISTINCT ON (p.team_id) p.team_id, first.id
      FROM me CROSS JOIN open JOIN project p ON p.id = open.project_id AND p.deleted_at IS NULL
     CROSS JOIN unnest('{QUEUED,RUNNING}'::"RunStatus"[]) AS state
     CROSS JOIN LATERAL (
       SELECT r.id, r.priority FROM run r
        WHERE r.status = state AND r.source = 'EXECUTOR' AND r.project_id = open.project_id
          AND r.paused_at IS NULL AND r.deleted_at IS NULL
          AND EXISTS (SELECT 1 FROM run_shard s WHERE s.run_id = r.id AND ${CLAIMABLE})
        ORDER BY r.priority DESC, r.id LIMIT 1
     ) AS first
     ORDER BY p.team_id, first.priority DESC, first.id
  ), served AS (
    SELECT team_id, seconds * 0.5 ^ (extract(epoch FROM now() - counted_at)::float8 / ${HALF_LIFE_SECONDS}) AS seconds FROM team_usage
  ), chosen AS (
    SELECT w.team_id, w.id AS run_id, (SELECT min(s.index) FROM run_shard s WHERE s.run_id = w.id AND ${CLAIMABLE}) AS index
      FROM waiting w LEFT JOIN active a USING (team_id) LEFT JOIN served u USING (team_id)
     ORDER BY coalesce(u.seconds, 0) + $3::float8 * (coalesce(a.of_others, 0) - (w.team_id IS NOT DISTINCT FROM $2)::int),
              coalesce(a.shards, 0), w.team_id
     LIMIT 1
  ), claimed AS (
    UPDATE run_shard s SET executor_id = $1, claimed_at = now(), attempts = attempts + 1
      FROM chosen c WHERE s.run_id = c.run_id AND s.index = c.index AND s.executor_id IS NULL AND s.finished_at IS NULL
    RETURNING s.attempts, s.error
  )
  SELECT c.team_id AS "teamId", c.run_id AS "runId", c.index, k.attempts AS attempt, k.error AS "lastError"
    FROM chosen c LEFT JOIN claimed k ON true`;

type Claimed = Omit<ShardClaim, 'attempt'> & { attempt: number | null };

/** Takes the shard that is next. @returns undefined when none is to be taken */
export async function claimShard(
  { pool }: Pick<Database, 'pool'>,
  executorId: bigint,
  { lastTeam, turnSeconds }: Turns,
): Promise<ShardClaim | undefined> {
  for (let i = 0; i < TRIES; i++) {
    const { rows } = await pool.query<Claimed>(CLAIM, [executorId, lastTeam, turnSeconds]);
    const row = rows[0];
    if (!row) return undefined;
    const { attempt } = row;
    if (attempt !== null) return { ...row, attempt };
  }
  return undefined;
}

type Claim = Pick<ShardClaim, 'runId' | 'index'>;
const OURS = 'run_id = $1 AND index = $2 AND executor_id = $3 AND finished_at IS NULL';

/** Gives a shard back as if it had not been taken: its run was paused or canceled, or the executor stops. */
export async function releaseShard(
  { pool }: Pick<Database, 'pool'>,
  executorId: bigint,
  { runId, index }: Claim,
): Promise<void> {
  await pool.query(
    `UPDATE run_shard SET executor_id = NULL, claimed_at = NULL, attempts = greatest(attempts - 1, 0) WHERE ${OURS}`,
    [runId, index, executorId],
  );
}

/** Gives a shard back after an attempt that failed; it can be taken again after a while. */
export async function postponeShard(
  { pool }: Pick<Database, 'pool'>,
  executorId: bigint,
  { runId, index }: Claim,
  error: string,
  seconds: number,
): Promise<void> {
  await pool.query(
    `UPDATE run_shard SET executor_id = NULL, claimed_at = NULL, error = $4, retry_at = now() + make_interval(secs => $5)
      WHERE ${OURS}`,
    [runId, index, executorId, error, seconds],
  );
}

/** What a shard counts at least: to read, store and evaluate it is work too. */
const LEAST_SECONDS = 1;

/**
 * Counts a shard that a model has worked on for a team. The time to load a model does not count: the team whose turn it is
 * when a model is not there would pay for those who find it loaded.
 */
export async function countUsage({ pool }: Pick<Database, 'pool'>, teamId: bigint, seconds: number): Promise<void> {
  await pool.query(
    `INSERT INTO team_usage AS u (team_id, seconds, counted_at) VALUES ($1, $2, now())
     ON CONFLICT (team_id) DO UPDATE SET counted_at = now(), seconds = $2 +
       u.seconds * 0.5 ^ (extract(epoch FROM now() - u.counted_at)::float8 / ${HALF_LIFE_SECONDS})`,
    [teamId, Math.max(seconds, LEAST_SECONDS)],
  );
}
