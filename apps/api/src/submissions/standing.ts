import type { Competition } from '@samplewise/database';
import { problem, type Problem } from '@samplewise/domain';
import type pg from 'pg';
import { stateOf, type CompetitionState } from './competition.ts';

/** How somebody stands to a competition at a moment. */
export interface Standing {
  boardId: bigint;
  /** None where the board has no competition. */
  competition: Competition | undefined;
  state: CompetitionState | undefined;
  now: Date;
  /** Submissions of this day (UTC), but for those that could not be scored. */
  today: number;
  /** When the next day begins. */
  resetsAt: Date;
  /** The submission with the key that is asked for, where there is one. */
  known: { id: bigint; digest: string } | undefined;
}

interface Row {
  opens_at: Date | null;
  closes_at: Date | null;
  reveal_at_close: boolean | null;
  revealed_at: Date | null;
  public_share: number | null;
  daily_limit: number | null;
  now: Date;
  today: number;
  resets_at: Date;
  known_id: bigint | null;
  known_digest: string | null;
}

/** Midnight of UTC, whatever the server's own zone is. */
const TODAY = `(date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC')`;

/**
 * Reads it in one statement.
 * @param entrant key of who is asking; none has sent nothing
 * @param key of a submission that may be there
 */
export async function readStanding(
  client: pg.ClientBase | pg.Pool,
  boardId: bigint,
  entrant: string | undefined,
  key?: string,
): Promise<Standing> {
  const { rows } = await client.query<Row>(
    `SELECT c.opens_at, c.closes_at, c.reveal_at_close, c.revealed_at, c.public_share, c.daily_limit, now() AS now,
            ${TODAY} + interval '1 day' AS resets_at,
            (SELECT count(*)::int FROM submission s WHERE s.entrant_id = e.id AND s.created_at >= ${TODAY}
                AND s.status <> 'FAILED') AS today,
            k.id AS known_id, k.predictions_digest AS known_digest
       FROM (SELECT $1::bigint AS board) asked
       LEFT JOIN competition c ON c.leaderboard_id = asked.board
       LEFT JOIN entrant e ON e.leaderboard_id = asked.board AND e.key = $2
       LEFT JOIN submission k ON k.entrant_id = e.id AND k.client_key = $3`,
    [boardId, entrant ?? null, key ?? null],
  );
  const row = rows[0]!;
  const competition =
    row.closes_at === null
      ? undefined
      : {
          leaderboardId: boardId,
          publicShare: row.public_share!,
          dailyLimit: row.daily_limit!,
          opensAt: row.opens_at,
          closesAt: row.closes_at,
          revealAtClose: row.reveal_at_close!,
          revealedAt: row.revealed_at,
        };
  return {
    boardId,
    competition,
    state: competition && stateOf(competition, row.now),
    now: row.now,
    today: row.today,
    resetsAt: row.resets_at,
    known: row.known_id === null ? undefined : { id: row.known_id, digest: row.known_digest! },
  };
}

/** Why nobody in this standing can submit now; undefined: he can. */
export function refusalNow({ boardId, competition, state, today, resetsAt }: Standing): Problem | undefined {
  const value = `Leaderboard_${boardId}`;
  const place = 'input.leaderboardId';
  if (!competition) {
    return problem('CONFLICT', 'The leaderboard takes no submissions.', {
      place,
      value,
      mend: 'Log runs in the project instead; the leaderboard ranks them.',
    });
  }
  const { opensAt, closesAt, dailyLimit } = competition;
  if (state === 'UPCOMING') {
    const mend = 'Wait until then.';
    return problem('CONFLICT', `The competition opens at ${opensAt!.toISOString()}.`, { place, value, mend });
  }
  if (state !== 'OPEN') {
    return problem('CONFLICT', `The competition closed at ${closesAt.toISOString()}.`, { place, value });
  }
  if (today < dailyLimit) return undefined;
  return problem('QUOTA_EXCEEDED', `Of this day (UTC) you have sent ${today} of ${dailyLimit} submissions.`, {
    place,
    value,
    mend: `The next one is taken from ${resetsAt.toISOString()} on.`,
  });
}
