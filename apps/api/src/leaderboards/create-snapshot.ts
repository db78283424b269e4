import { digestOfJson, InvalidInput, parseInput, problem, prose } from '@samplewise/domain';
import type { Leaderboard, Prisma } from '@samplewise/database';
import type { Services } from '../context.ts';
import { boardDocument } from './board-document.ts';
import { lockLeaderboard } from './change-leaderboard.ts';

/** Ten thousand rows take more than Prisma's five seconds on a busy machine. */
const TRANSACTION = { timeout: 60_000, maxWait: 10_000 };

/**
 * Freezes a board as it stands: rule, rows, checks, and the digests of everything that they rest on.
 * @throws InvalidInput when it has not been ranked since its last change
 */
export async function createSnapshot(
  { database }: Pick<Services, 'database'>,
  leaderboardId: bigint,
  givenNote: string,
): Promise<{ id: bigint }> {
  const note = parseInput(prose, givenNote, 'input.note');
  // The lock keeps the executor from writing rows meanwhile, and numbers in order.
  return database.prisma.$transaction(async (transaction) => {
    const locked = await lockLeaderboard(transaction, leaderboardId);
    const last = await transaction.leaderboardSnapshot.findFirst({
      where: { leaderboardId },
      orderBy: { number: 'desc' },
      select: { number: true },
    });
    const number = (last?.number ?? 0) + 1;
    const createdAt = new Date();
    const document = await boardDocument(transaction, locked, { number, note, createdAt });
    if (!document) throw notRanked(leaderboardId);
    const row = await transaction.leaderboardSnapshot.create({
      data: {
        leaderboardId,
        number,
        createdAt,
        sealed: await isSealed(transaction, locked),
        document: document as unknown as Prisma.InputJsonValue,
        digest: digestOfJson(document),
      },
    });
    return { id: row.id };
  }, TRANSACTION);
}

/** Whether the board's figures rest on hidden labels, and on more of them than a competition tells. */
async function isSealed(
  transaction: Prisma.TransactionClient,
  { id, datasetVersionId, split }: Leaderboard,
): Promise<boolean> {
  if ((await transaction.competition.count({ where: { leaderboardId: id } })) > 0) return false;
  // Nobody hides or shows labels until this ends.
  await transaction.$queryRaw`SELECT 1 FROM dataset_version WHERE id = ${datasetVersionId} FOR SHARE`;
  const where = { versionId: datasetVersionId, shownAt: null, ...(split === null ? {} : { split }) };
  return (await transaction.hiddenLabels.count({ where })) > 0;
}

const notRanked = (id: bigint): InvalidInput =>
  new InvalidInput(
    problem('CONFLICT', 'The leaderboard has not been ranked since it was changed.', {
      place: 'input.leaderboardId',
      value: `Leaderboard_${id}`,
      mend: 'Wait a moment: leaderboardChanged tells when it is.',
    }),
  );
