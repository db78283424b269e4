import {
  announce,
  enqueue,
  inTransaction,
  readForEvaluation,
  rowsOfSubmission,
  type EvaluationColumns,
} from '@samplewise/database';
import { problem, publicPart, type Problem } from '@samplewise/domain';
import { evaluate, EVALUATION_VERSION, EvaluationInputError, type Evaluation } from '@samplewise/evaluation';
import type pg from 'pg';
import type { ExecutorContext } from '../context.ts';
import { readCompetition } from '../leaderboards/board.ts';

type Needed = Pick<ExecutorContext, 'database' | 'boss' | 'log'>;

/** Evaluates a submission on the public and on the private part of its board, and has that ranked. To repeat is harmless. */
export async function scoreSubmission({ database, boss, log }: Needed, id: bigint): Promise<void> {
  const submission = await database.prisma.submission.findUnique({
    where: { id },
    include: { leaderboard: { include: { datasetVersion: true } } },
  });
  if (submission?.status !== 'RECEIVED') return;
  const { leaderboard } = submission;
  const { labels } = leaderboard.datasetVersion;
  const competition = await readCompetition(database, leaderboard.id);
  if (!competition) throw new Error(`leaderboard ${leaderboard.id} has a submission and no competition`);
  const columns = await readForEvaluation(database.pool, rowsOfSubmission(id), {
    versionId: leaderboard.datasetVersionId,
    split: leaderboard.split,
    classes: labels.length,
  });
  const mask = publicPart(columns.truth, competition.salt, competition.publicShare);
  try {
    const on = (part: 0 | 1): Evaluation => evaluate({ labels, ...within(columns, mask, part, labels.length) });
    await store(boss, database.pool, submission, { publicResult: on(1), privateResult: on(0) });
    log.info({ submissionId: String(id) }, 'a submission was scored');
  } catch (error) {
    // The same predictions would be refused again and again.
    if (!(error instanceof EvaluationInputError)) throw error;
    const message = `The predictions can not be evaluated: ${error.message}`;
    await failSubmission(database.pool, id, problem('INTERNAL', message, { place: 'evaluation' }));
  }
}

/** The samples of which the mask says so. */
function within(
  { truth, predicted, scores }: EvaluationColumns,
  mask: Uint8Array,
  is: 0 | 1,
  classes: number,
): Pick<EvaluationColumns, 'truth' | 'predicted' | 'scores'> {
  const chosen = (_: number, i: number): boolean => mask[i] === is;
  return {
    truth: truth.filter(chosen),
    predicted: predicted.filter(chosen),
    ...(scores && { scores: scores.filter((_, at) => mask[Math.floor(at / classes)] === is) }),
  };
}

async function store(
  boss: ExecutorContext['boss'],
  pool: pg.Pool,
  { id, leaderboardId }: { id: bigint; leaderboardId: bigint },
  { publicResult, privateResult }: { publicResult: Evaluation; privateResult: Evaluation },
): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE submission SET status = 'SCORED', scored_at = now(), code_version = $2, public_result = $3, private_result = $4
        WHERE id = $1 AND status = 'RECEIVED'`,
      [id, EVALUATION_VERSION, JSON.stringify(publicResult), JSON.stringify(privateResult)],
    );
    if (rowCount === 0) return;
    await enqueue(boss, client, 'rank-leaderboard', [{ leaderboardId: String(leaderboardId) }]);
    await tell(client, id, leaderboardId);
  });
}

/** Says why a submission could not be scored; it counts for nothing then. */
export async function failSubmission(pool: pg.Pool, id: bigint, failure: Problem): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ leaderboard_id: bigint }>(
      `UPDATE submission SET status = 'FAILED', failure = $2 WHERE id = $1 AND status = 'RECEIVED'
       RETURNING leaderboard_id`,
      [id, JSON.stringify(failure)],
    );
    if (rows[0]) await tell(client, id, rows[0].leaderboard_id);
  });
}

const tell = (client: pg.ClientBase, id: bigint, leaderboardId: bigint): Promise<void> =>
  announce((sql, values) => client.query(sql, values), {
    kind: 'submission',
    submissionId: String(id),
    leaderboardId: String(leaderboardId),
  });
