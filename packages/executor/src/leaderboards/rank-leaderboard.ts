import {
  announce,
  auditOf,
  inTransaction,
  readCandidates,
  readSubmissionCandidates,
  type Database,
} from '@samplewise/database';
import {
  digestOfJson,
  LEADERBOARD_LIMIT,
  problem,
  type LeaderboardRow,
  type LeaderboardSummary,
  type Problem,
} from '@samplewise/domain';
import { EVALUATION_VERSION, EvaluationInputError } from '@samplewise/evaluation';
import type pg from 'pg';
import type { ExecutorContext } from '../context.ts';
import { readBoard, type Board } from './board.ts';
import { computeBoard } from './compute-board.ts';

/** Changes whenever the same runs would be ranked otherwise. */
const LEADERBOARD_VERSION = `2-${EVALUATION_VERSION}`;
const ROWS_AT_ONCE = 1000;

/**
 * Computes a board's rows, unless they are computed of the same already. Whoever changes runs or the board sends another
 * job, so what has changed meanwhile is left to that: nothing is written then. To repeat is harmless.
 */
export async function rankLeaderboard({ database, log }: Pick<ExecutorContext, 'database' | 'log'>, id: bigint) {
  const board = await readBoard(database, id);
  if (!board) return;
  const { candidates, digest: inputsDigest } = await readInputs(database.pool, board);
  const { computedOf } = board;
  if (computedOf?.revision === board.revision && computedOf.inputsDigest === inputsDigest) return;
  const started = performance.now();
  try {
    const { rows, ...found } = await computeBoard(database, board, candidates);
    await store(database, board, { ...found, codeVersion: LEADERBOARD_VERSION, inputsDigest }, rows);
  } catch (error) {
    // The same predictions would be refused again and again.
    if (!(error instanceof EvaluationInputError)) throw error;
    const message = `The runs can not be ranked: ${error.message}`;
    await failLeaderboard(database, id, problem('INVALID_VALUE', message, { place: 'leaderboard' }));
    return;
  }
  log.info({ leaderboardId: String(id), milliseconds: performance.now() - started }, 'a leaderboard was ranked');
}

/** Says why a board's rows could not be computed; those that are there stay. */
export async function failLeaderboard({ pool }: Pick<Database, 'pool'>, id: bigint, failure: Problem): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query('UPDATE leaderboard SET failure = $2 WHERE id = $1', [id, JSON.stringify(failure)]);
    await announceBoard(client, id);
  });
}

async function readInputs(client: pg.ClientBase | pg.Pool, board: Board) {
  const limit = LEADERBOARD_LIMIT;
  const { candidates, digest } = board.competition
    ? await readSubmissionCandidates(client, { ...board, part: board.competition.part, limit })
    : await readCandidates(client, { ...board, datasetVersionId: board.versionId, limit });
  // What has leaked is known from the audit.
  const audit = (await auditOf(client, board.versionId)) ?? null;
  return { candidates, digest: digestOfJson([LEADERBOARD_VERSION, board.revision, digest, audit]) };
}

async function store(
  { pool }: Database,
  board: Board,
  summary: LeaderboardSummary,
  rows: readonly LeaderboardRow[],
): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows: locked } = await client.query<{ revision: number }>(
      'SELECT revision FROM leaderboard WHERE id = $1 FOR UPDATE',
      [board.id],
    );
    if (locked[0]?.revision !== board.revision) return;
    if ((await readInputs(client, board)).digest !== summary.inputsDigest) return;
    await client.query('DELETE FROM leaderboard_entry WHERE leaderboard_id = $1', [board.id]);
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      const some = rows.slice(from, from + ROWS_AT_ONCE);
      await client.query(
        `INSERT INTO leaderboard_entry (leaderboard_id, position, run_id, submission_id, "row")
         SELECT $1, position, run_id, submission_id, entry::jsonb
           FROM unnest($2::int[], $3::bigint[], $4::bigint[], $5::text[]) AS t (position, run_id, submission_id, entry)`,
        [
          board.id,
          some.map((row) => row.position),
          some.map((row) => row.runId),
          some.map((row) => row.submission?.id ?? null),
          some.map((row) => JSON.stringify(row)),
        ],
      );
    }
    await client.query(
      `INSERT INTO leaderboard_result (leaderboard_id, revision, summary) VALUES ($1, $2, $3)
       ON CONFLICT (leaderboard_id) DO UPDATE SET revision = $2, summary = $3, computed_at = now()`,
      [board.id, board.revision, JSON.stringify(summary)],
    );
    await client.query('UPDATE leaderboard SET failure = NULL WHERE id = $1', [board.id]);
    await announceBoard(client, board.id);
  });
}

const announceBoard = (client: pg.ClientBase, id: bigint): Promise<void> =>
  announce((sql, values) => client.query(sql, values), { kind: 'leaderboard', leaderboardId: String(id) });
