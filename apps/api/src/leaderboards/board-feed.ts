import { labelsHidden, type Database } from '@samplewise/database';
import type { LeaderboardRow } from '@samplewise/domain';
import type { BoardFeed } from '@samplewise/reports';

/** Snapshots of a feed; readers keep what they have seen. */
const SNAPSHOTS = 20;
const NAMED = 3;

interface Row {
  id: bigint;
  name: string;
  description: string;
  created_at: Date;
  computed_at: Date | null;
  inputs_digest: string | null;
  leaders: LeaderboardRow[];
  snapshots: { number: number; digest: string; createdAt: string; note: string }[];
}

/** What the feed of a PUBLIC board tells, in one statement: how it stands, and its newest snapshots. */
export async function readBoardFeed({ pool }: Pick<Database, 'pool'>, id: bigint): Promise<BoardFeed | undefined> {
  const { rows } = await pool.query<Row>(
    `SELECT l.id, l.name, l.description, l.created_at, r.computed_at, r.summary->>'inputsDigest' AS inputs_digest,
            (SELECT coalesce(json_agg(e."row" ORDER BY e.position), '[]') FROM leaderboard_entry e
              WHERE e.leaderboard_id = l.id AND e.position < ${NAMED}) AS leaders,
            (SELECT coalesce(json_agg(s ORDER BY s.number DESC), '[]') FROM (
               SELECT number, digest, created_at AS "createdAt", left(document->>'note', 2000) AS note
                 FROM leaderboard_snapshot WHERE leaderboard_id = l.id AND NOT sealed ORDER BY number DESC LIMIT ${SNAPSHOTS}) s) AS snapshots
       FROM leaderboard l LEFT JOIN leaderboard_result r ON r.leaderboard_id = l.id
      WHERE l.id = $1 AND l.visibility = 'PUBLIC' AND
            (NOT ${labelsHidden('l.dataset_version_id', 'l.split')}
             OR EXISTS (SELECT 1 FROM competition c WHERE c.leaderboard_id = l.id))`,
    [id],
  );
  const board = rows[0];
  if (!board) return undefined;
  const standing = board.computed_at && {
    id: `standing/${board.inputs_digest!.slice(0, 16)}`,
    title: `${board.name}: ${board.leaders[0]?.name ?? 'no entries'}`,
    summary: board.leaders.map(({ rank, ranks, name }) => `${rankText(rank, ranks)} ${name}`).join('\n'),
    updated: board.computed_at,
  };
  return {
    id: `leaderboard/${board.id}`,
    name: board.name,
    description: board.description,
    createdAt: board.created_at,
    entries: [
      ...(standing ? [standing] : []),
      ...board.snapshots.map(({ number, digest, createdAt, note }) => ({
        id: `snapshot/${digest}`,
        title: `${board.name}: snapshot ${number}`,
        summary: note === '' ? `SHA-256 ${digest}` : `${note}\nSHA-256 ${digest}`,
        updated: new Date(createdAt),
      })),
    ],
  };
}

const rankText = (rank: number, ranks: LeaderboardRow['ranks']): string =>
  ranks && ranks.low !== ranks.high ? `${ranks.low} to ${ranks.high}.` : `${rank}.`;
