import { openDatabase, type Database } from '@samplewise/database';
import { digestOfJson, publicPart, type SnapshotDocument } from '@samplewise/domain';
import { createHash } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { createSnapshot } from '../../apps/api/src/leaderboards/create-snapshot.ts';
import {
  csvOf,
  done,
  EMOTIONS,
  FIRST_TESTED,
  guesses,
  numberOf,
  openArena,
  openCompetition,
  TESTED,
  type Arena,
} from './competition.ts';
import { end, until } from './stack.ts';
import { post } from './submissions.ts';

/** When everything happened that was computed from labels, in each world. */
const THEN = '2026-01-01T00:00:00.000Z';

/** A scene in which nothing was computed from labels yet: all of that waits in the queue. */
export interface Scene extends Arena {
  boards: Readonly<Record<'sealed' | 'everything' | 'open' | 'closed' | 'byScores', string>>;
}

/** Runs, leaderboards, competitions and submissions over hidden labels, and beside them runs on labels that everybody sees. */
export async function setScene(): Promise<Scene> {
  const arena = await openArena({ twins: true });
  const { stack, owner, entrants } = arena;
  await end(arena.executor);
  const wrong = (nth: number): number[] => guesses(arena, nth);
  await run(arena, 'Hidden', 'TEST', { one: scored(wrong(9)), two: scored(wrong(4)), plain: { predicted: wrong(6) } });
  await run(arena, 'All of it', null, {
    'all one': scored([...new Array<number>(FIRST_TESTED).fill(2), ...wrong(7)]),
    'all two': scored([...new Array<number>(FIRST_TESTED).fill(3), ...wrong(3)]),
  });
  await run(arena, 'Training', 'TRAIN', { seen: scored(new Array<number>(FIRST_TESTED).fill(1)) });
  const board = async (name: string, more: object): Promise<string> => {
    const input = {
      projectId: arena.projectId,
      datasetVersionId: arena.datasetVersionId,
      name,
      visibility: 'PUBLIC',
      ...more,
    };
    const { leaderboard } = await done(stack, owner.credentials, 'createLeaderboard', input, 'leaderboard { id }');
    return (leaderboard as { id: string }).id;
  };
  const boards = {
    sealed: await board('Sealed', { split: 'TEST' }),
    everything: await board('Everything', {}),
    open: await openCompetition(arena, 'Open', { dailyLimit: 10 }, { entryPer: 'MODEL_CONFIG', pick: 'BEST' }),
    closed: await openCompetition(arena, 'Closed', { revealAtClose: false }),
    byScores: await openCompetition(arena, 'By scores', {}, { metric: 'brierScore' }),
  };
  await board('Training', { split: 'TRAIN' });
  for (const [i, who] of [...entrants, arena.viewer].entries()) {
    for (const to of [boards.open, boards.closed]) {
      const { status } = await post(arena, to, csvOf(wrong(5 + i)), { who, name: `file ${i}`, key: `key ${i}` });
      if (status !== 201) throw new Error(`The submission is answered ${status}.`);
    }
    const input = {
      leaderboardId: boards.byScores,
      name: `scores ${i}`,
      key: 'one',
      ...columns(scored(wrong(5 + i)), FIRST_TESTED),
    };
    await done(stack, who.credentials, 'submitPredictions', input, 'submission { id }');
  }
  await stack.pool.query(`UPDATE competition SET closes_at = now() - interval '1 hour' WHERE leaderboard_id = $1`, [
    numberOf(boards.closed),
  ]);
  // Asking with a token notes when; afterwards only reading connections ask.
  await stack.pool.query(`UPDATE token SET last_used_at = now() + interval '1 hour'`);
  return { ...arena, boards };
}

interface Predictions {
  predicted: readonly number[];
  scores?: readonly (readonly number[])[];
}

/** The class with 0.4, the others with a tenth each; so that scores say as much as labels. */
const scored = (predicted: readonly number[]): Predictions => ({
  predicted,
  scores: predicted.map((label) => EMOTIONS.map((_, c) => (c === label ? 0.4 : 0.1))),
});

const columns = ({ predicted, scores }: Predictions, first: number) => ({
  sampleIndex: predicted.map((_, i) => first + i),
  predicted,
  ...(scores && { scores: scores.flat() }),
});

/** Runs of the member, which wait to be evaluated. */
async function run(
  { stack, member, projectId, datasetVersionId }: Arena,
  name: string,
  split: string | null,
  runs: Readonly<Record<string, Predictions>>,
): Promise<void> {
  const { credentials } = member;
  const input = { projectId, name, datasetVersionId, split };
  const { experiment } = await done(stack, credentials, 'createExperiment', input, 'experiment { id }');
  for (const [key, predictions] of Object.entries(runs)) {
    const begun = {
      experimentId: (experiment as { id: string }).id,
      name: key,
      params: { lr: 0.1 },
      tags: [{ key: 'stage' }],
    };
    const made = await done(stack, credentials, 'createRun', begun, 'run { id }');
    const { id: runId } = made.run as { id: string };
    // A client's own figure under a name of ours.
    const series = [{ key: 'accuracy', steps: [1], times: [0], values: [0.25] }];
    await done(stack, credentials, 'logMetrics', { runId, series }, 'run { id }');
    const first = split === 'TEST' ? FIRST_TESTED : 0;
    await done(
      stack,
      credentials,
      'logPredictions',
      { runId, batchId: 'one', ...columns(predictions, first) },
      'sampleDone',
    );
    await done(stack, credentials, 'finishRun', { runId }, 'run { id }');
  }
}

/** A copy of the scene with labels of its own, in which everything was computed from these. */
export interface World {
  databaseUrl: string;
  database: Database;
  close(): Promise<void>;
}

/** Nobody may be connected to what is copied. */
export async function freeze({ stack }: Scene): Promise<void> {
  const name = new URL(stack.databaseUrl).pathname.slice(1);
  await asAdmin(async (admin) => {
    await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
  });
}

async function asAdmin<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: inject('postgresUrl') });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

/** @param labels of the hidden samples, in their order */
export async function makeWorld(scene: Scene, name: string, labels: readonly number[]): Promise<World> {
  const source = new URL(scene.stack.databaseUrl).pathname.slice(1);
  await asAdmin(async (admin) => {
    // The server takes a moment to let the connections of the scene go.
    await until(
      () => admin.query(`CREATE DATABASE ${source}_${name} TEMPLATE ${source}`).catch(() => undefined),
      30,
      'the copy',
    );
    await admin.query(`ALTER DATABASE ${source}_${name} ALLOW_CONNECTIONS true`);
  });
  const url = new URL(scene.stack.databaseUrl);
  url.pathname = `/${source}_${name}`;
  const database = openDatabase(url.href, { connections: 2 });
  await relabel(database.pool, scene.datasetVersionId, labels);
  const executor = await scene.stack.startExecutor({ DATABASE_URL: url.href });
  await until(() => isIdle(database.pool), 90, 'everything that waits');
  await end(executor);
  await forgetTimes(database.pool);
  await freezeBoards(scene, database);
  await inOneOrder(database.pool);
  await database.pool.query('ANALYZE');
  return { databaseUrl: url.href, database, close: () => database.close() };
}

async function relabel(pool: pg.Pool, versionId: string, labels: readonly number[]): Promise<void> {
  await pool.query(
    // Names of files tell labels, as in folders of a class each.
    `UPDATE sample s SET label = l.label, source = 'class-' || l.label || '/' || s.index
       FROM unnest($2::int[], $3::int2[]) AS l (index, label) WHERE s.version_id = $1 AND s.index = l.index`,
    [numberOf(versionId), labels.map((_, i) => FIRST_TESTED + i), labels],
  );
  // Executors audit what is not audited, when they start.
  await pool.query('DELETE FROM dataset_audit');
  await pool.query('DELETE FROM duplicate_group');
  await pool.query('DELETE FROM sample_leak');
}

/** Whether all jobs that may begin now are done, and all boards ranked. */
async function isIdle(pool: pg.Pool): Promise<true | undefined> {
  const { rows } = await pool.query<{ idle: boolean }>(
    `SELECT NOT EXISTS (SELECT 1 FROM pgboss.job WHERE state IN ('created', 'retry', 'active') AND start_after < now() + interval '1 minute'
                          AND name NOT LIKE '\\_\\_%')
        AND NOT EXISTS (SELECT 1 FROM run WHERE status <> 'FINISHED')
        AND NOT EXISTS (SELECT 1 FROM submission WHERE status <> 'SCORED')
        AND EXISTS (SELECT 1 FROM dataset_audit)
        AND NOT EXISTS (SELECT 1 FROM leaderboard b LEFT JOIN leaderboard_result r ON r.leaderboard_id = b.id
                         WHERE r.revision IS DISTINCT FROM b.revision) AS idle`,
  );
  return rows[0]!.idle ? true : undefined;
}

/** How long the executor took and when is no matter of labels; in each world it was the same. */
async function forgetTimes(pool: pg.Pool): Promise<void> {
  const statements = [
    `UPDATE run SET finished_at = '${THEN}', heartbeat_at = '${THEN}'`,
    `UPDATE evaluation SET created_at = '${THEN}'`,
    `UPDATE phase_cost SET wall_seconds = 1, cpu_seconds = 1, peak_memory_bytes = 1`,
    `UPDATE log_line SET time = '${THEN}'`,
    `UPDATE metric_point SET time = '${THEN}'`,
    `UPDATE metric_summary SET last_time = '${THEN}'`,
    `UPDATE leaderboard_result SET computed_at = '${THEN}'`,
    `UPDATE submission SET scored_at = '${THEN}'`,
    // Of boards that rank runs, whose end is part of it.
    `UPDATE leaderboard_entry SET "row" = jsonb_set("row", '{finishedAt}', '"${THEN}"') WHERE run_id IS NOT NULL`,
    `UPDATE leaderboard_result r SET summary = jsonb_set(summary, '{inputsDigest}', '"${'0'.repeat(64)}"')
      WHERE NOT EXISTS (SELECT 1 FROM competition c WHERE c.leaderboard_id = r.leaderboard_id)`,
    `UPDATE dataset_audit SET created_at = '${THEN}'`,
    'DELETE FROM executor',
  ];
  for (const statement of statements) await pool.query(statement);
}

/** Where rows lie depends on which job was done first; a scan sees them in the order of their keys in each world. */
async function inOneOrder(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ statement: string }>(
    `SELECT format('CLUSTER %s USING %I', i.indrelid::regclass, x.relname) AS statement
       FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid AND c.relkind = 'r' JOIN pg_class x ON x.oid = i.indexrelid
      WHERE i.indisprimary AND c.relnamespace = 'public'::regnamespace`,
  );
  for (const { statement } of rows) await pool.query(statement);
}

/** Copies of boards, and a link of one that may be shared. */
async function freezeBoards({ boards }: Scene, database: Database): Promise<void> {
  for (const board of [boards.sealed, boards.open]) {
    const { id } = await createSnapshot({ database }, BigInt(numberOf(board)), 'for the test');
    const row = await database.prisma.leaderboardSnapshot.findUniqueOrThrow({ where: { id } });
    const document = { ...(row.document as unknown as SnapshotDocument), createdAt: THEN };
    await database.pool.query(
      'UPDATE leaderboard_snapshot SET created_at = $2, document = $3, digest = $4 WHERE id = $1',
      [id, THEN, JSON.stringify(document), digestOfJson(document)],
    );
    await database.pool.query(
      'INSERT INTO leaderboard_link (snapshot_id, token_hash, created_at) VALUES ($1, $2, $3)',
      [id, createHash('sha256').update(tokenOf(board)).digest('hex'), THEN],
    );
  }
}

/** Of the link to a board's copy. */
export const tokenOf = (board: string): string => board.replace(/\W/g, '-').padEnd(43, 'x');

/**
 * Other labels for the private part, such that the public part and its labels stay as they are: as far as a competition
 * tells, nothing has changed.
 */
export async function otherPrivateLabels({ stack, datasetVersionId, truth }: Scene): Promise<number[]> {
  const { rows } = await stack.pool.query<{ salt: string }>('SELECT salt FROM hidden_labels WHERE version_id = $1', [
    numberOf(datasetVersionId),
  ]);
  const { salt } = rows[0]!;
  const part = publicPart(truth, salt, 0.5);
  const labels = [...truth];
  for (let i = 0; i < TESTED; i++) {
    for (let j = i + 1; j < TESTED; j++) {
      if (part[i] === 1 || part[j] === 1 || labels[i] === labels[j] || labels[i] !== truth[i]) continue;
      const swapped = labels.with(i, labels[j]!).with(j, labels[i]!);
      // Which samples are public follows from the labels, too.
      if (publicPart(swapped, salt, 0.5).every((is, at) => is === part[at])) labels.splice(0, TESTED, ...swapped);
    }
  }
  return labels;
}
