import type { Leaderboard, Prisma } from '@samplewise/database';
import type { LeaderboardRow, LeaderboardSummary, SnapshotDocument } from '@samplewise/domain';
import { specOf } from './change-leaderboard.ts';

type Told = Pick<SnapshotDocument, 'number' | 'note'> & { createdAt: Date };

/**
 * All that a board shows, as files and snapshots hold it.
 * @param board whose row is locked, or read in one transaction with its entries
 * @param most rows; all of them unless given
 * @returns undefined where it was not ranked yet, or not since its last change
 */
export async function boardDocument(
  transaction: Prisma.TransactionClient,
  board: Leaderboard,
  { number, note, createdAt }: Told,
  most?: number,
): Promise<SnapshotDocument | undefined> {
  const leaderboardId = board.id;
  const result = await transaction.leaderboardResult.findUnique({ where: { leaderboardId } });
  if (result?.revision !== board.revision) return undefined;
  const project = await transaction.project.findUniqueOrThrow({
    where: { id: board.projectId },
    include: { team: true },
  });
  const datasetVersion = await transaction.datasetVersion.findUniqueOrThrow({
    where: { id: board.datasetVersionId },
    include: { dataset: true },
  });
  const entries = await transaction.leaderboardEntry.findMany({
    where: { leaderboardId },
    orderBy: { position: 'asc' },
    select: { row: true },
    ...(most !== undefined && { take: most }),
  });
  const { name, description, metric, tieBreaks, filter, entryPer, pick, costs, excludeLeaks } = specOf(board);
  return {
    format: 'samplewise-leaderboard-snapshot-1',
    number,
    createdAt: createdAt.toISOString(),
    note,
    board: {
      name,
      description,
      metric,
      tieBreaks,
      filter,
      entryPer,
      pick,
      costs,
      excludeLeaks,
      id: `Leaderboard_${leaderboardId}`,
      project: { team: project.team.slug, slug: project.slug, name: project.name },
      direction: board.direction,
      revision: board.revision,
    },
    dataset: {
      name: datasetVersion.dataset.name,
      version: datasetVersion.name,
      number: datasetVersion.number,
      digest: datasetVersion.digest,
      split: board.split,
      labels: datasetVersion.labels,
    },
    computedAt: result.computedAt.toISOString(),
    summary: result.summary as unknown as LeaderboardSummary,
    rows: entries.map(({ row }) => row as unknown as LeaderboardRow),
  };
}
