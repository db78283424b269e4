import { announce, enqueue, type Leaderboard, type Prisma, type Split } from '@samplewise/database';
import {
  directionOf,
  InvalidInput,
  leaderboardSpec,
  parseInput,
  problem,
  slugify,
  type LeaderboardFilter,
  type LeaderboardSpec,
  type TieBreak,
} from '@samplewise/domain';
import { isTaken } from '../conflicts.ts';
import type { Services } from '../context.ts';
import { checkRanking } from './check-ranking.ts';

type Needed = Pick<Services, 'database' | 'boss'>;

/**
 * Makes a board over a dataset version of the same project, and has it ranked.
 * @throws InvalidInput when a field is wrong or the name is taken
 */
export async function createLeaderboard(
  { database, boss }: Needed,
  place: { projectId: bigint; datasetVersionId: bigint; split: Split | null },
  input: unknown,
): Promise<{ id: bigint }> {
  const spec = parseInput(leaderboardSpec, input, 'input');
  const { projectId, datasetVersionId } = place;
  const version = await database.prisma.datasetVersion.findFirst({
    where: { id: datasetVersionId, dataset: { projectId } },
  });
  if (!version) {
    throw new InvalidInput(
      problem('NOT_FOUND', 'The project has no such dataset version.', {
        place: 'input.datasetVersionId',
        value: `DatasetVersion_${datasetVersionId}`,
      }),
    );
  }
  const data = { ...place, ...columnsOf(spec), slug: slugify(spec.name) };
  return database.prisma
    .$transaction(async (transaction) => {
      const board = await transaction.leaderboard.create({ data });
      await rank(boss, transaction, board.id);
      return { id: board.id };
    })
    .catch((error: unknown) => {
      throw isTaken(error) ? taken(spec.name) : error;
    });
}

/**
 * Changes a board's rule; what is left out stays, and so does its address. It is ranked anew.
 * @param expectedRevision refused when somebody has changed it since
 * @throws InvalidInput
 */
export async function updateLeaderboard(
  { database, boss }: Needed,
  id: bigint,
  expectedRevision: number,
  change: object,
): Promise<void> {
  await database.prisma.$transaction(async (transaction) => {
    const board = await lockLeaderboard(transaction, id);
    checkRevision(board, expectedRevision);
    const before = specOf(board);
    // The better end belongs to the metric.
    const { direction, ...stays } = before;
    const given = { ...('metric' in change ? stays : { ...stays, direction }), ...change };
    const spec = parseInput(leaderboardSpec, given, 'input');
    if ((await transaction.competition.count({ where: { leaderboardId: id } })) > 0) checkRanking(spec);
    await transaction.leaderboard.update({ where: { id }, data: { ...columnsOf(spec), revision: { increment: 1 } } });
    await rank(boss, transaction, id);
    await tell(transaction, id);
  });
}

/**
 * Deletes a board. Its snapshots are what others may have cited, so they must be named to go with it.
 * @throws InvalidInput
 */
export async function deleteLeaderboard(
  { database }: Needed,
  id: bigint,
  withSnapshots: boolean,
): Promise<Leaderboard> {
  return database.prisma.$transaction(async (transaction) => {
    const board = await lockLeaderboard(transaction, id);
    const snapshots = await transaction.leaderboardSnapshot.count({ where: { leaderboardId: id } });
    if (snapshots > 0 && !withSnapshots) {
      throw new InvalidInput(
        problem('CONFLICT', `The leaderboard has ${snapshots} snapshots, which others may have cited.`, {
          place: 'input.leaderboardId',
          value: `Leaderboard_${id}`,
          mend: 'Set `withSnapshots` to delete them too.',
        }),
      );
    }
    await transaction.leaderboard.delete({ where: { id } });
    await tell(transaction, id);
    return board;
  });
}

/** A board's rule as packages/domain has it. */
export function specOf(board: Leaderboard): LeaderboardSpec {
  const { name, description, metric, direction, entryPer, pick, costs, visibility, excludeLeaks } = board;
  return {
    name,
    description,
    metric,
    direction,
    tieBreaks: board.tieBreaks as unknown as TieBreak[],
    filter: board.filter as LeaderboardFilter,
    entryPer,
    pick,
    costs,
    visibility,
    excludeLeaks,
  };
}

/** Locks a board's row until the transaction ends. @throws InvalidInput when there is none */
export async function lockLeaderboard(transaction: Prisma.TransactionClient, id: bigint): Promise<Leaderboard> {
  await transaction.$queryRaw`SELECT 1 FROM leaderboard WHERE id = ${id} FOR UPDATE`;
  const board = await transaction.leaderboard.findUnique({ where: { id } });
  if (board) return board;
  throw new InvalidInput(
    problem('NOT_FOUND', 'There is no such leaderboard.', {
      place: 'input.leaderboardId',
      value: `Leaderboard_${id}`,
    }),
  );
}

function checkRevision({ revision }: Leaderboard, expected: number): void {
  if (revision === expected) return;
  throw new InvalidInput(
    problem('CONFLICT', `Somebody has changed the leaderboard since: it is at revision ${revision}.`, {
      place: 'input.expectedRevision',
      value: expected,
      mend: 'Read it again and repeat the change.',
    }),
  );
}

const columnsOf = ({ direction, tieBreaks, filter, ...spec }: LeaderboardSpec) => ({
  ...spec,
  direction: direction ?? directionOf(spec.metric),
  tieBreaks: tieBreaks as unknown as Prisma.InputJsonValue,
  filter: filter as Prisma.InputJsonValue,
});

const rank = (boss: Services['boss'], transaction: Prisma.TransactionClient, id: bigint): Promise<void> =>
  enqueue(boss, transaction, 'rank-leaderboard', [{ leaderboardId: String(id) }]);

const tell = (transaction: Prisma.TransactionClient, id: bigint): Promise<void> =>
  announce((sql, values) => transaction.$queryRawUnsafe(sql, ...values), {
    kind: 'leaderboard',
    leaderboardId: String(id),
  });

const taken = (name: string): InvalidInput =>
  new InvalidInput(
    problem('CONFLICT', `The project has a leaderboard at '${slugify(name)}' already.`, {
      place: 'input.name',
      value: name,
      mend: 'Choose another name.',
    }),
  );
