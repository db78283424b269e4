import { createHash } from 'node:crypto';
import type { LeaderboardFilter } from '@samplewise/domain';
import type pg from 'pg';
import type { PgBoss } from 'pg-boss';
import type { PrismaScope } from './client.ts';
import type { Leaderboard, RunSource, Split } from './generated/prisma/client.ts';
import { enqueue } from './queue.ts';

/**
 * Has the boards ranked anew that runs may stand on: as part of the transaction that changes the runs. Boards are those
 * of the runs' dataset versions; a ranking that finds nothing new costs one statement.
 */
export async function rankLeaderboardsOf(
  boss: PgBoss,
  transaction: PrismaScope | pg.ClientBase,
  runIds: readonly bigint[],
): Promise<void> {
  const sql = `SELECT DISTINCT l.id::text AS id
      FROM run r JOIN experiment x ON x.id = r.experiment_id
      JOIN leaderboard l ON l.dataset_version_id = x.dataset_version_id
     WHERE r.id = ANY($1::bigint[])`;
  const rows =
    '$queryRawUnsafe' in transaction
      ? await transaction.$queryRawUnsafe<{ id: string }[]>(sql, runIds)
      : (await transaction.query<{ id: string }>(sql, [runIds])).rows;
  await rank(boss, transaction, rows);
}

/** Has the boards of a dataset version ranked anew, as part of the transaction that has audited it. */
export async function rankLeaderboardsOn(boss: PgBoss, client: pg.ClientBase, versionId: bigint): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT id::text AS id FROM leaderboard WHERE dataset_version_id = $1',
    [versionId],
  );
  await rank(boss, client, rows);
}

async function rank(boss: PgBoss, transaction: PrismaScope | pg.ClientBase, rows: readonly { id: string }[]) {
  if (rows.length === 0) return;
  await enqueue(
    boss,
    transaction,
    'rank-leaderboard',
    rows.map(({ id }) => ({ leaderboardId: id })),
  );
}

/** A finished run, or a submission, that may stand on a board, with what its row shows. */
export interface Candidate {
  /** Under which its predictions are kept: of a submission below 0. */
  runId: string;
  name: string;
  finishedAt: string;
  split: Split | null;
  model: { id: string; name: string; version: number; digest: string } | null;
  restoration: { id: string; name: string; version: number; digest: string } | null;
  predictionsDigest: string;
  evaluationVersion: string;
  covered: number;
  /** Of the evaluation: estimates by their names. */
  metrics: Record<string, StoredEstimate | undefined>;
  scores: Record<string, StoredEstimate | undefined> | null;
  latency: { p50: number; p95: number } | null;
  neverPredicts: string[];
  costs: { phase: string; wallSeconds: number; cpuSeconds: number; peakMemoryBytes: number | null }[];
  logged: Record<string, number | null>;
  /** Of a submission, with its figures on the public part, by which one of its entrant's is chosen. */
  submission?: {
    id: string;
    number: number;
    entrantId: string;
    entrant: string;
    knewLabels: boolean;
  } & Pick<Candidate, 'metrics' | 'scores'>;
}

type StoredEstimate = { value: number; low?: number; high?: number; method: string } | { value: null; reason: string };

/** What decides which runs are candidates. */
export type CandidateRule = Pick<Leaderboard, 'projectId' | 'datasetVersionId'> & {
  filter: LeaderboardFilter;
  /** Keys of logged metrics that are wanted. */
  keys: readonly string[];
  limit: number;
};

/**
 * The finished, evaluated runs of a project on a dataset version that pass a filter, newest first, in one statement.
 * @returns also SHA-256 over all of it: equal where nothing has changed
 */
export async function readCandidates(
  client: pg.ClientBase | pg.Pool,
  rule: CandidateRule,
): Promise<{ candidates: Candidate[]; digest: string }> {
  const { where, values } = conditions(rule);
  const keys = `$${values.push(rule.keys)}`;
  const limit = `$${values.push(rule.limit)}`;
  const { rows } = await client.query<{ candidate: string }>(
    `SELECT json_build_object(
        'runId', r.id::text, 'name', r.name, 'split', x.split,
        'finishedAt', to_char(r.finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'model', CASE WHEN m.id IS NOT NULL THEN
           json_build_object('id', m.id::text, 'name', m.name, 'version', m.version, 'digest', m.digest) END,
        'restoration', CASE WHEN c.id IS NOT NULL THEN
           json_build_object('id', c.id::text, 'name', c.name, 'version', c.version, 'digest', c.digest) END,
        'predictionsDigest', e.predictions_digest, 'evaluationVersion', e.code_version,
        'covered', e.result->'covered', 'metrics', e.result->'metrics', 'latency', e.result->'latency',
        'scores', json_build_object('macroRocAuc', e.result->'scores'->'macroRocAuc',
           'logLoss', e.result->'scores'->'logLoss', 'brierScore', e.result->'scores'->'brierScore'),
        'neverPredicts', jsonb_path_query_array(e.result, '$.perClass[*] ? (@.predicted == 0 && @.support > 0).label'),
        'costs', coalesce((SELECT json_agg(json_build_object('phase', p.phase, 'wallSeconds', p.wall_seconds,
             'cpuSeconds', p.cpu_seconds, 'peakMemoryBytes', p.peak_memory_bytes) ORDER BY p.phase)
           FROM phase_cost p WHERE p.run_id = r.id), '[]'),
        'logged', coalesce((SELECT json_object_agg(k.name, CASE WHEN s.last IN ('NaN', 'Infinity', '-Infinity')
             THEN NULL ELSE s.last END ORDER BY k.name)
           FROM metric_key k JOIN metric_summary s ON s.key_id = k.id AND s.run_id = r.id
          WHERE k.name = ANY(${keys}::text[])), '{}'))::text AS candidate
       FROM experiment x
       JOIN run r ON r.experiment_id = x.id
       JOIN evaluation e ON e.run_id = r.id
       LEFT JOIN model_config m ON m.id = r.model_config_id
       LEFT JOIN restoration_config c ON c.id = r.restoration_config_id
      WHERE ${where.join(' AND ')}
      ORDER BY r.id DESC LIMIT ${limit}`,
    values,
  );
  const hash = createHash('sha256');
  for (const { candidate } of rows) hash.update(candidate).update('\n');
  return { candidates: rows.map(({ candidate }) => JSON.parse(candidate) as Candidate), digest: hash.digest('hex') };
}

function conditions({ projectId, datasetVersionId, filter }: CandidateRule) {
  const values: unknown[] = [projectId, datasetVersionId];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const where = [
    'x.project_id = $1',
    'x.dataset_version_id = $2',
    `r.status = 'FINISHED' AND r.deleted_at IS NULL AND r.archived_at IS NULL`,
  ];
  const { modelConfigIds, restorationConfigIds, experimentIds, sources, tags = [] } = filter;
  if (modelConfigIds) where.push(`r.model_config_id = ANY(${add(modelConfigIds)}::bigint[])`);
  if (restorationConfigIds) where.push(`r.restoration_config_id = ANY(${add(restorationConfigIds)}::bigint[])`);
  if (experimentIds) where.push(`r.experiment_id = ANY(${add(experimentIds)}::bigint[])`);
  if (sources) where.push(`r.source = ANY(${add(sources satisfies RunSource[])}::"RunSource"[])`);
  for (const { key, value } of tags) {
    const same = value === undefined ? '' : ` AND t.value = ${add(value)}`;
    where.push(`EXISTS (SELECT 1 FROM run_tag t WHERE t.run_id = r.id AND t.key = ${add(key)}${same})`);
  }
  return { where, values };
}

/** What of a board's samples its checks are about. */
export interface BoardSamples {
  /** Samples in the order of their index: 1 for those that are leaked. */
  leaked: Uint8Array;
  /** How many of these stand in an earlier split with their very bytes; the others only look like one that does. */
  exact: number;
  /** Whether those that look alike have been looked for: the version has been audited. */
  audited: boolean;
}

/**
 * Which samples of a version or its split are leaked: the same picture stands in a split that comes before theirs, so
 * that a model may have learned it. Until the version has been audited only those of the same bytes are found.
 */
export async function readLeaks(
  client: pg.ClientBase | pg.Pool,
  versionId: bigint,
  split: Split | null,
): Promise<BoardSamples> {
  const { rows } = await client.query<{ leaked: Buffer | null; exact: number; audited: boolean }>(
    `SELECT string_agg(CASE WHEN exact OR alike THEN '\\x01'::bytea ELSE '\\x00'::bytea END, ''::bytea ORDER BY index) AS leaked,
            count(*) FILTER (WHERE exact)::int AS exact,
            EXISTS (SELECT 1 FROM dataset_audit WHERE version_id = $1) AS audited
       FROM (SELECT s.index, s.split > first.split AS exact, l.index IS NOT NULL AS alike
               FROM sample s
               JOIN (SELECT digest, min(split) AS split FROM sample WHERE version_id = $1 GROUP BY digest) first USING (digest)
               LEFT JOIN (SELECT DISTINCT index FROM sample_leak WHERE version_id = $1) l ON l.index = s.index
              WHERE s.version_id = $1 AND ($2::"Split" IS NULL OR s.split = $2::"Split")) AS found`,
    [versionId, split],
  );
  const { leaked, exact, audited } = rows[0]!;
  return { leaked: new Uint8Array(leaked ?? []), exact, audited };
}

/** By which code a version was audited; undefined: it has not been. */
export async function auditOf(client: pg.ClientBase | pg.Pool, versionId: bigint): Promise<string | undefined> {
  const { rows } = await client.query<{ code_version: string }>(
    'SELECT code_version FROM dataset_audit WHERE version_id = $1',
    [versionId],
  );
  return rows[0]?.code_version;
}
