import { labelsHidden } from '@samplewise/database';
import { digestOfJson } from '@samplewise/domain';
import type { Snapshot } from '@samplewise/reports';
import type { Services } from '../context.ts';
import { boardDocument } from './board-document.ts';

type Needed = Pick<Services, 'database'>;

/** Ten thousand rows take more than Prisma's five seconds on a busy machine. */
const TRANSACTION = { timeout: 60_000, maxWait: 10_000, isolationLevel: 'RepeatableRead' } as const;

/**
 * A board as it stands, as its files show it: like a snapshot, but that nobody has numbered it.
 * @param most rows; all of them unless given
 * @returns undefined where there is none, or it is not ranked
 */
export async function readLiveBoard({ database }: Needed, id: bigint, most?: number): Promise<Snapshot | undefined> {
  const document = await database.prisma.$transaction(async (transaction) => {
    const board = await transaction.leaderboard.findUnique({ where: { id } });
    if (!board) return undefined;
    const result = await transaction.leaderboardResult.findUnique({
      where: { leaderboardId: id },
      select: { computedAt: true },
    });
    return result
      ? boardDocument(transaction, board, { number: 0, note: '', createdAt: result.computedAt }, most)
      : undefined;
  }, TRANSACTION);
  return document && { document, digest: digestOfJson(document) };
}

/** Whether a board is PUBLIC, and its figures rest on nothing that is hidden. */
export async function isPublicBoard({ database }: Needed, id: bigint): Promise<boolean> {
  const { rowCount } = await database.pool.query(
    `SELECT 1 FROM leaderboard l WHERE l.id = $1 AND l.visibility = 'PUBLIC' AND
            (NOT ${labelsHidden('l.dataset_version_id', 'l.split')}
             OR EXISTS (SELECT 1 FROM competition c WHERE c.leaderboard_id = l.id))`,
    [id],
  );
  return rowCount === 1;
}
