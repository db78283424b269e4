import { announce, enqueue, type Competition, type Leaderboard, type Prisma } from '@samplewise/database';
import { competitionRule, InvalidInput, parseInput, problem, type CompetitionRule } from '@samplewise/domain';
import { note } from '../auth/audit.ts';
import type { Actor } from '../auth/policy.ts';
import type { Services } from '../context.ts';
import { lockLeaderboard, specOf } from '../leaderboards/change-leaderboard.ts';
import { checkRanking } from '../leaderboards/check-ranking.ts';

type Needed = Pick<Services, 'database' | 'boss'>;
const PLACE = 'input.leaderboardId';

/** UPCOMING, OPEN, CLOSED; REVEALED: the private part is told. */
export type CompetitionState = 'UPCOMING' | 'OPEN' | 'CLOSED' | 'REVEALED';

/** @param now of the database, whose clock all processes share */
export function stateOf({ opensAt, closesAt, revealAtClose, revealedAt }: Competition, now: Date): CompetitionState {
  const isClosed = closesAt <= now;
  if (revealedAt !== null || (isClosed && revealAtClose)) return 'REVEALED';
  if (isClosed) return 'CLOSED';
  return opensAt !== null && opensAt > now ? 'UPCOMING' : 'OPEN';
}

export async function databaseNow(prisma: Pick<Prisma.TransactionClient, '$queryRaw'>): Promise<Date> {
  const [row] = await prisma.$queryRaw<{ now: Date }[]>`SELECT now() AS now`;
  return row!.now;
}

/**
 * Makes a board over hidden labels take submissions, or changes the rule under which it does. Its runs no longer stand on
 * it then: of them anybody makes as many as he likes.
 * @throws InvalidInput
 */
export async function setCompetition(
  { database, boss }: Needed,
  actor: Actor,
  leaderboardId: bigint,
  input: unknown,
): Promise<void> {
  const rule = parseInput(competitionRule, input, 'input');
  await database.prisma.$transaction(async (transaction) => {
    const board = await lockLeaderboard(transaction, leaderboardId);
    const before = await transaction.competition.findUnique({ where: { leaderboardId } });
    const now = await databaseNow(transaction);
    if (before) await checkChange(transaction, before, rule, now);
    else await checkNew(transaction, board, rule, now);
    checkRanking(specOf(board));
    const { opensAt, ...others } = rule;
    const data = { ...others, opensAt: opensAt ?? null };
    await transaction.competition.upsert({
      where: { leaderboardId },
      create: { leaderboardId, ...data },
      update: data,
    });
    if (!before) await forgetRanking(transaction, leaderboardId);
    // The revision keeps a ranking that is being computed by the former rule from being stored.
    await transaction.leaderboard.update({ where: { id: leaderboardId }, data: { revision: { increment: 1 } } });
    await noteRule(transaction, actor, board, before, data);
    await rankNowAndAtClose(boss, transaction, leaderboardId, rule);
  });
}

/** Tells how all entries stand on the private part, and ranks by it from then on. @throws InvalidInput before it has closed */
export async function revealCompetition(
  { database, boss }: Needed,
  actor: Actor,
  leaderboardId: bigint,
): Promise<void> {
  await database.prisma.$transaction(async (transaction) => {
    const board = await lockLeaderboard(transaction, leaderboardId);
    const competition = await transaction.competition.findUnique({ where: { leaderboardId } });
    if (!competition) throw refusal('NOT_FOUND', PLACE, 'The leaderboard has no competition.', leaderboardId);
    const now = await databaseNow(transaction);
    const state = stateOf(competition, now);
    if (state === 'REVEALED') return;
    if (state !== 'CLOSED') {
      throw refusal(
        'CONFLICT',
        PLACE,
        `The competition closes at ${competition.closesAt.toISOString()}.`,
        leaderboardId,
        'Wait, or bring its end forward: setCompetition.',
      );
    }
    await transaction.competition.update({ where: { leaderboardId }, data: { revealedAt: now } });
    await enqueue(boss, transaction, 'rank-leaderboard', [{ leaderboardId: String(leaderboardId) }]);
    await noteDeed(transaction, actor, board, 'competition.reveal', {});
    await tell(transaction, leaderboardId);
  });
}

async function checkNew(
  transaction: Prisma.TransactionClient,
  board: Leaderboard,
  { closesAt }: CompetitionRule,
  now: Date,
): Promise<void> {
  if (closesAt <= now) throw closedBefore(closesAt);
  const { datasetVersionId: versionId, split } = board;
  await transaction.$queryRaw`SELECT 1 FROM dataset_version WHERE id = ${versionId} FOR SHARE`;
  const hidden =
    split === null ? 0 : await transaction.hiddenLabels.count({ where: { versionId, split, shownAt: null } });
  if (hidden === 0) {
    throw refusal(
      'CONFLICT',
      PLACE,
      split === null
        ? 'The leaderboard is about all samples of the version.'
        : `The labels of its split ${split} are not hidden.`,
      board.id,
      'A competition needs a leaderboard of one split, whose labels are hidden: hideLabels.',
    );
  }
  const samples = await transaction.sample.count({ where: { versionId, split: split! } });
  if (samples < 2) throw refusal('CONFLICT', PLACE, `The split has ${samples} samples.`, board.id);
}

/** What was promised stays, as far as it matters to those who have entered. */
async function checkChange(
  transaction: Prisma.TransactionClient,
  before: Competition,
  { publicShare, closesAt }: CompetitionRule,
  now: Date,
): Promise<void> {
  if (stateOf(before, now) === 'REVEALED') {
    throw refusal('CONFLICT', PLACE, 'The private part is revealed, so that the competition is over.');
  }
  if (publicShare !== before.publicShare) {
    const { leaderboardId } = before;
    const submissions = await transaction.submission.count({ where: { leaderboardId } });
    if (submissions > 0) {
      throw refusal(
        'CONFLICT',
        'input.publicShare',
        `There are ${submissions} submissions, which were scored on ${before.publicShare}.`,
        publicShare,
        'It can be changed before the first submission.',
      );
    }
  }
  const isMoved = closesAt.getTime() !== before.closesAt.getTime();
  if (isMoved && now.getTime() - closesAt.getTime() > CLOCKS_MILLISECONDS) throw closedBefore(closesAt);
}

const closedBefore = (closesAt: Date): InvalidInput =>
  refusal('INVALID_VALUE', 'input.closesAt', 'It would have closed already.', closesAt.toISOString());

/** Who closes it now says so by a clock of his own. */
const CLOCKS_MILLISECONDS = 5 * 60 * 1000;

/** What was computed of its runs was for those alone who see the labels. */
async function forgetRanking(transaction: Prisma.TransactionClient, leaderboardId: bigint): Promise<void> {
  await transaction.leaderboardEntry.deleteMany({ where: { leaderboardId } });
  await transaction.leaderboardResult.deleteMany({ where: { leaderboardId } });
  await transaction.$executeRaw`UPDATE leaderboard SET failure = NULL WHERE id = ${leaderboardId}`;
}

async function rankNowAndAtClose(
  boss: Services['boss'],
  transaction: Prisma.TransactionClient,
  leaderboardId: bigint,
  { closesAt, revealAtClose }: CompetitionRule,
): Promise<void> {
  const job = [{ leaderboardId: String(leaderboardId) }];
  await enqueue(boss, transaction, 'rank-leaderboard', job);
  if (revealAtClose) await enqueue(boss, transaction, 'rank-leaderboard', job, closesAt);
  await tell(transaction, leaderboardId);
}

function noteRule(
  transaction: Prisma.TransactionClient,
  actor: Actor,
  board: Leaderboard,
  before: Competition | null,
  after: Omit<Competition, 'leaderboardId' | 'revealedAt'>,
): Promise<void> {
  const text = (value: Date | number | boolean | null | undefined): string | null =>
    value instanceof Date ? value.toISOString() : value == null ? null : String(value);
  const changes = Object.entries(after).flatMap(([field, value]): [string, [string | null, string | null]][] => {
    const was = text(before?.[field as keyof typeof after]);
    return was === text(value) ? [] : [[field, [was, text(value)]]];
  });
  return noteDeed(transaction, actor, board, 'competition.set', Object.fromEntries(changes));
}

async function noteDeed(
  transaction: Prisma.TransactionClient,
  actor: Actor,
  { id, projectId }: Leaderboard,
  action: 'competition.set' | 'competition.reveal',
  changes: Record<string, [string | null, string | null]>,
): Promise<void> {
  const { teamId } = await transaction.project.findUniqueOrThrow({ where: { id: projectId } });
  await note(transaction, actor, { action, teamId, projectId, target: `Leaderboard_${id}`, changes });
}

const tell = (transaction: Prisma.TransactionClient, id: bigint): Promise<void> =>
  announce((sql, values) => transaction.$queryRawUnsafe(sql, ...values), {
    kind: 'leaderboard',
    leaderboardId: String(id),
  });

function refusal(
  code: 'INVALID_VALUE' | 'NOT_FOUND' | 'CONFLICT',
  place: string,
  message: string,
  value?: unknown,
  mend?: string,
): InvalidInput {
  const shown = place === PLACE && typeof value === 'bigint' ? `Leaderboard_${value}` : value;
  return new InvalidInput(
    problem(code, message, { place, ...(shown !== undefined && { value: shown }), ...(mend && { mend }) }),
  );
}
