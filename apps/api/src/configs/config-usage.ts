import { batched } from '../batched.ts';

export interface UsageOf {
  id: bigint;
  /** Of all configs of its name. */
  allVersions: boolean;
}

export interface ConfigUsage {
  /** At most USAGE_LIMIT. */
  runs: number;
  latestRunId: bigint | null;
  /** That with the highest accuracy among the newest. */
  bestRunId: bigint | null;
  /** What restoration did in the newest runs. */
  samples: number;
  cached: number;
  seconds: number;
}

/** Runs of a config are counted no further. */
export const USAGE_LIMIT = 10_000;
/** The newest runs of a config, among which the best is looked for. */
export const RECENT_RUNS = 1000;

/** What configs were used for, in one statement for many; it looks at so many runs of each at most. */
const reader = (table: 'model_config' | 'restoration_config') =>
  batched<UsageOf, ConfigUsage>(async ({ database }, asked) => {
    const { rows } = await database.pool.query<ConfigUsage>(
      `SELECT u.runs, u."latestRunId", best.id AS "bestRunId", coalesce(cost.samples, 0)::int AS samples,
              coalesce(cost.cached, 0)::int AS cached, coalesce(cost.seconds, 0) AS seconds
         FROM unnest($1::int8[], $2::bool[]) WITH ORDINALITY AS k (id, wide, at)
         JOIN ${table} c ON c.id = k.id
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS runs, max(id) AS "latestRunId",
                 (array_agg(id ORDER BY id DESC) FILTER (WHERE ended))[1:${RECENT_RUNS}] AS ids
            FROM (
              SELECT r.id, r.status = 'FINISHED' AS ended FROM ${table} v CROSS JOIN LATERAL (
                SELECT id, status FROM run WHERE ${table}_id = v.id AND deleted_at IS NULL ORDER BY id DESC LIMIT ${USAGE_LIMIT}
              ) AS r
               WHERE v.project_id = c.project_id AND v.name = c.name AND (k.wide OR v.id = c.id) LIMIT ${USAGE_LIMIT}
            ) AS used
        ) AS u
         LEFT JOIN LATERAL (
           SELECT m.run_id AS id FROM unnest(u.ids) AS run_id JOIN metric_summary m USING (run_id)
            WHERE m.key_id = (SELECT id FROM metric_key WHERE name = 'accuracy') AND m.last <> 'NaN'
            ORDER BY m.last DESC, m.run_id DESC LIMIT 1
         ) AS best ON true
         LEFT JOIN LATERAL (
           SELECT sum(p.samples) AS samples, sum(p.cached) AS cached, sum(p.wall_seconds) AS seconds
             FROM unnest(u.ids) AS run_id JOIN phase_cost p USING (run_id) WHERE p.phase = 'PREPROCESSING'
         ) AS cost ON true
        ORDER BY k.at`,
      [asked.map(({ id }) => id), asked.map(({ allVersions }) => allVersions)],
    );
    return rows;
  });

export const usageOfModel = reader('model_config');
export const usageOfRestoration = reader('restoration_config');
