import type { Leaderboard, PrismaClient, Split } from '@samplewise/database';
import { loggedKey, type LeaderboardFilter, type RankDirection, type TieBreak } from '@samplewise/domain';

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
  /** Of logged metrics that it shows or ranks by. */
  keys: readonly string[];
  /** What its stored rows were computed of. */
  computedOf: { revision: number; inputsDigest: string } | undefined;
}

/** @returns undefined when it is gone */
export async function readBoard(prisma: PrismaClient, id: bigint): Promise<Board | undefined> {
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
    keys: [row.metric, ...row.costs, ...tieBreaks.map(({ by }) => by)].flatMap((name) => loggedKey(name) ?? []),
    computedOf:
      summary && row.result ? { revision: row.result.revision, inputsDigest: summary.inputsDigest } : undefined,
  };
}
