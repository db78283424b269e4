import { IS_REVEALED, type Database, type Leaderboard, type Split } from '@samplewise/database';
import {
  loggedKey,
  type BoardPart,
  type LeaderboardFilter,
  type RankDirection,
  type TieBreak,
} from '@samplewise/domain';

/** A board's rule, as it is worked with. */
export interface Board extends Pick<Leaderboard, 'id' | 'projectId' | 'revision' | 'metric' | 'excludeLeaks'> {
  versionId: bigint;
  split: Split | null;
  labels: readonly string[];
  direction: RankDirection;
  tieBreaks: readonly TieBreak[];
  filter: LeaderboardFilter;
  entryPer: Leaderboard['entryPer'];
  pick: Leaderboard['pick'];
  costs: readonly string[];
  /** It ranks submissions, by a part of its samples. */
  competition: CompetitionOfBoard | undefined;
  /** Of logged metrics that it shows or ranks by. */
  keys: readonly string[];
  /** What its stored rows were computed of. */
  computedOf: { revision: number; inputsDigest: string } | undefined;
}

export interface CompetitionOfBoard {
  part: BoardPart;
  publicShare: number;
  /** Of the hidden labels: packages/domain's publicPart draws by it. */
  salt: string;
}

/** @returns undefined where a board has no competition */
export async function readCompetition(
  { pool }: Pick<Database, 'pool'>,
  id: bigint,
): Promise<CompetitionOfBoard | undefined> {
  const { rows } = await pool.query<CompetitionOfBoard>(
    `SELECT CASE WHEN ${IS_REVEALED} THEN 'PRIVATE' ELSE 'PUBLIC' END AS part, c.public_share AS "publicShare", h.salt
       FROM competition c JOIN leaderboard l ON l.id = c.leaderboard_id
       JOIN hidden_labels h ON h.version_id = l.dataset_version_id AND h.split = l.split
      WHERE c.leaderboard_id = $1`,
    [id],
  );
  return rows[0];
}

/** @returns undefined when it is gone */
export async function readBoard(database: Pick<Database, 'prisma' | 'pool'>, id: bigint): Promise<Board | undefined> {
  const { prisma } = database;
  const row = await prisma.leaderboard.findUnique({
    where: { id },
    include: { datasetVersion: { select: { labels: true } }, result: true },
  });
  if (!row) return undefined;
  const tieBreaks = row.tieBreaks as unknown as TieBreak[];
  const summary = row.result?.summary as { inputsDigest: string } | undefined;
  return {
    ...row,
    versionId: row.datasetVersionId,
    labels: row.datasetVersion.labels,
    tieBreaks,
    filter: row.filter as LeaderboardFilter,
    competition: await readCompetition(database, id),
    keys: [row.metric, ...row.costs, ...tieBreaks.map(({ by }) => by)].flatMap((name) => loggedKey(name) ?? []),
    computedOf:
      summary && row.result ? { revision: row.result.revision, inputsDigest: summary.inputsDigest } : undefined,
  };
}
