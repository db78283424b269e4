import { InvalidInput, problem, type LeaderboardRow } from '@samplewise/domain';
import { criticalDifference, type CriticalDifference } from '@samplewise/evaluation';
import type { Services } from '../context.ts';

/** Boards of one diagram, and models on it: more than can be read. */
const BOARDS = { least: 2, most: 50 };
const MODELS = { least: 3, most: 100 };

export interface BoardsComparison extends CriticalDifference {
  /** By position in `order`'s `model`. */
  names: readonly string[];
}

/**
 * Compares the models that stand on all of several boards, each a dataset, by their ranks.
 * @throws InvalidInput when boards do not rank by one metric, or share too few models
 */
export async function compareOverBoards(
  { database }: Pick<Services, 'database'>,
  ids: readonly bigint[],
): Promise<BoardsComparison> {
  if (ids.length < BOARDS.least || ids.length > BOARDS.most) {
    throw refusal(`These are ${ids.length} leaderboards.`, `Name ${BOARDS.least} to ${BOARDS.most}.`);
  }
  const boards = await database.prisma.leaderboard.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, metric: true, direction: true },
  });
  const missing = ids.find((id) => !boards.some((board) => board.id === id));
  if (missing !== undefined) throw refusal(`There is no Leaderboard_${missing}.`, 'Name leaderboards that are there.');
  const { metric, direction } = boards[0]!;
  if (boards.some((board) => board.metric !== metric || board.direction !== direction)) {
    throw refusal('The leaderboards do not rank by one metric.', 'Name leaderboards of one metric and direction.');
  }
  const { rows } = await database.pool.query<{ board: bigint; row: LeaderboardRow }>(
    `SELECT leaderboard_id AS board, "row" FROM leaderboard_entry
      WHERE leaderboard_id = ANY($1::bigint[]) AND "row"->'model' <> 'null' AND "row"->'value'->'value' <> 'null'
      ORDER BY leaderboard_id, position`,
    [[...ids]],
  );
  const models = new Map<string, { name: string; scores: Map<bigint, number> }>();
  for (const { board, row } of rows) {
    const key = `${row.model!.digest} ${row.restoration?.digest ?? ''}`;
    const model = models.get(key) ?? { name: nameOf(row), scores: new Map<bigint, number>() };
    models.set(key, model);
    // A board with an entry for each run has the best one first.
    if (!model.scores.has(board)) model.scores.set(board, row.value.value! * (direction === 'HIGHER' ? 1 : -1));
  }
  const shared = [...models.values()].filter(({ scores }) => scores.size === boards.length);
  if (shared.length < MODELS.least || shared.length > MODELS.most) {
    throw refusal(
      `${shared.length} models stand on all of these leaderboards.`,
      `A critical difference needs ${MODELS.least} to ${MODELS.most}.`,
    );
  }
  const columns = shared.map(({ scores }) => Float64Array.from(ids, (id) => scores.get(id)!));
  return { ...criticalDifference(columns), names: shared.map(({ name }) => name) };
}

function nameOf({ model, restoration }: LeaderboardRow): string {
  return restoration === null || restoration.name === 'none' ? model!.name : `${model!.name} · ${restoration.name}`;
}

const refusal = (message: string, mend: string): InvalidInput =>
  new InvalidInput(problem('INVALID_VALUE', message, { place: 'leaderboardIds', mend }));
