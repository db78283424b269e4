import { IS_REVEALED } from '@samplewise/database';
import { publicSamples } from '@samplewise/domain';
import { batched } from '../batched.ts';
import { locate } from '../auth/resources.ts';
import { seesHiddenLabels } from '../auth/policy.ts';
import type { Context } from '../context.ts';

export interface CompetitionFigures {
  /** Of the database, whose clock all processes share. */
  now: Date;
  samples: number;
  publicSamples: number;
  entrants: number;
  submissions: number;
  revealed: boolean;
}

interface Row {
  board: bigint;
  now: Date;
  samples: number;
  public_share: number;
  entrants: number;
  submissions: number;
  revealed: boolean;
}

/** What there is to say of the competitions of boards; one statement for all that are asked for at once. */
export const competitionFigures = batched<bigint, CompetitionFigures>(async ({ database }, boards) => {
  const { rows } = await database.pool.query<Row>(
    `SELECT c.leaderboard_id AS board, now() AS now, c.public_share, ${IS_REVEALED} AS revealed,
            (SELECT count(*)::int FROM sample s WHERE s.version_id = l.dataset_version_id AND s.split = l.split) AS samples,
            count(e.id)::int AS entrants, coalesce(sum(e.submissions), 0)::int AS submissions
       FROM competition c JOIN leaderboard l ON l.id = c.leaderboard_id
       LEFT JOIN entrant e ON e.leaderboard_id = c.leaderboard_id
      WHERE c.leaderboard_id = ANY($1) GROUP BY c.leaderboard_id, l.id`,
    [boards.map(String)],
  );
  return boards.map((board) => {
    const { public_share: share, ...row } = rows.find((candidate) => candidate.board === board)!;
    return { ...row, publicSamples: publicSamples(row.samples, share) };
  });
});

/** Whether who is asking may be told what was found on the private part of a board's samples. */
export async function tellsPrivatePart(context: Context, leaderboardId: bigint): Promise<boolean> {
  const [{ revealed }, sees] = await Promise.all([
    competitionFigures(context, leaderboardId),
    seesBoardLabels(context, leaderboardId),
  ]);
  return revealed || sees;
}

/** Whether who is asking sees the hidden labels of a board's samples. */
export async function seesBoardLabels(context: Context, leaderboardId: bigint): Promise<boolean> {
  const board = await locate(context, { typename: 'Leaderboard', id: String(leaderboardId) });
  return board !== undefined && seesHiddenLabels(context.actor, board);
}
