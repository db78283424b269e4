import { LABEL_FIGURES } from '@samplewise/domain';
import type pg from 'pg';
import type { Split } from './generated/prisma/client.ts';

/**
 * A condition: labels of these samples are hidden.
 * @param version column of a version's number
 * @param split column of a split, of which NULL means all samples of the version
 */
export const labelsHidden = (version: string, split: string): string =>
  `EXISTS (SELECT 1 FROM hidden_labels hidden WHERE hidden.version_id = ${version} AND hidden.shown_at IS NULL
      AND (${split} IS NULL OR hidden.split = ${split}))`;

/** Whether labels of a run's samples are hidden, and stay so or not until the caller's transaction ends. */
export async function runLabelsHidden(
  client: pg.ClientBase,
  { versionId, split }: { versionId: bigint; split: Split | null },
): Promise<boolean> {
  // Locked by a statement of its own: only a later one sees what was changed while this one waited.
  await client.query('SELECT 1 FROM dataset_version WHERE id = $1 FOR SHARE', [versionId]);
  const { rows } = await client.query<{ hidden: boolean }>(
    `SELECT ${labelsHidden('$1::bigint', '$2::"Split"')} AS hidden`,
    [versionId, split],
  );
  return rows[0]!.hidden;
}

/** Those of some splits whose labels are hidden, and stay so or not until the caller's transaction ends. */
export async function hiddenAmong(
  query: (sql: string, values: unknown[]) => Promise<unknown[]>,
  versionId: bigint,
  splits: readonly Split[],
): Promise<Split[]> {
  // As above: locked by a statement of its own.
  await query('SELECT 1 FROM dataset_version WHERE id = $1 FOR SHARE', [versionId]);
  const rows = await query(
    `SELECT split FROM hidden_labels
      WHERE version_id = $1 AND shown_at IS NULL AND split = ANY($2::text[]::"Split"[]) ORDER BY split`,
    [versionId, splits],
  );
  return (rows as { split: Split }[]).map(({ split }) => split);
}

/** Anything that runs a statement of a transaction. */
type Execute = (sql: string, values: unknown[]) => Promise<unknown>;

/** Runs of a version ($1) that were evaluated on samples of some splits ($2). */
const EVALUATED = `
  SELECT r.id AS run_id, r.project_id, e.result, e.created_at, x.dataset_version_id, x.split
    FROM experiment x JOIN run r ON r.experiment_id = x.id JOIN evaluation e ON e.run_id = r.id
   WHERE x.dataset_version_id = $1 AND (x.split IS NULL OR x.split = ANY($2::text[]::"Split"[]))`;

/** Where an evaluation has what is logged as each of LABEL_FIGURES. */
const FIGURES = LABEL_FIGURES.map((name) => {
  const metric = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return `('${name}', '${metric}')`;
}).join(', ');

/** The points that the evaluation of a run has logged of its labels. */
const POINTS = `
  SELECT v.run_id, v.project_id, v.dataset_version_id, v.split, k.id AS key_id, (v.result->>'samples')::bigint AS step, v.created_at,
         (v.result->'metrics'->f.metric->>'value')::float8 AS value
    FROM (${EVALUATED}) v CROSS JOIN (VALUES ${FIGURES}) AS f (name, metric) JOIN metric_key k ON k.name = f.name
   WHERE v.result->'metrics'->f.metric->>'value' IS NOT NULL`;

/**
 * Takes the figures that are made of labels out of the metrics of runs that were evaluated on these splits: by metrics
 * runs are filtered, ordered and grouped. Points of a client under the same name stay.
 */
export async function forgetLabelFigures(execute: Execute, versionId: bigint, splits: readonly Split[]): Promise<void> {
  await lockRuns(execute, versionId, splits);
  await execute(
    `DELETE FROM metric_point p USING (${POINTS}) logged
      WHERE p.run_id = logged.run_id AND p.key_id = logged.key_id AND p.step = logged.step AND p.value = logged.value`,
    [versionId, splits],
  );
  await summarizeAgain(execute, versionId, splits);
}

/** Logs them again, where nothing that they are made of is hidden any more. */
export async function recallLabelFigures(execute: Execute, versionId: bigint, splits: readonly Split[]): Promise<void> {
  await lockRuns(execute, versionId, splits);
  await execute(
    `INSERT INTO metric_point (run_id, key_id, step, time, value)
     SELECT run_id, key_id, step, created_at, value FROM (${POINTS}) logged
      WHERE NOT ${labelsHidden('logged.dataset_version_id', 'logged.split')} ON CONFLICT DO NOTHING`,
    [versionId, splits],
  );
  await summarizeAgain(execute, versionId, splits);
}

/** Whoever logs to a run has its row locked. */
const lockRuns = (execute: Execute, versionId: bigint, splits: readonly Split[]): Promise<unknown> =>
  execute(`SELECT 1 FROM run WHERE id IN (SELECT run_id FROM (${EVALUATED}) e) ORDER BY id FOR UPDATE`, [
    versionId,
    splits,
  ]);

/** Rows of latest, smallest and largest, of what points there are now. */
async function summarizeAgain(execute: Execute, versionId: bigint, splits: readonly Split[]): Promise<void> {
  await execute(
    `DELETE FROM metric_summary s USING (${POINTS}) logged WHERE s.run_id = logged.run_id AND s.key_id = logged.key_id`,
    [versionId, splits],
  );
  // `min` and `max` pass over NaN, unless there is nothing else; Postgres takes NaN for the largest number.
  await execute(
    `INSERT INTO metric_summary (run_id, project_id, key_id, count, last_step, last_time, last, min, max)
     SELECT l.run_id, l.project_id, l.key_id, s.count, s.step, s.time, s.last, s.min, s.max
       FROM (SELECT DISTINCT run_id, project_id, key_id FROM (${POINTS}) logged) l
       CROSS JOIN LATERAL (
         SELECT count(*)::int AS count, max(step) AS step, (array_agg(time ORDER BY step DESC, time DESC))[1] AS time,
                (array_agg(value ORDER BY step DESC, time DESC))[1] AS last,
                coalesce(min(nullif(value, 'NaN')), 'NaN') AS min, coalesce(max(nullif(value, 'NaN')), 'NaN') AS max
           FROM metric_point p WHERE p.run_id = l.run_id AND p.key_id = l.key_id) s
      WHERE s.count > 0`,
    [versionId, splits],
  );
}
