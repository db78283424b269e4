import { refused } from '../auth/check.ts';
import { decide } from '../auth/policy.ts';
import { refusalOf } from '../auth/refusal.ts';
import { locate } from '../auth/resources.ts';
import type { Context } from '../context.ts';

/**
 * Asks for the right to decide, where a board has a competition: another metric would tell more of the hidden labels.
 * @throws InvalidInput
 */
export async function demandCompetition(context: Context, leaderboardId: bigint): Promise<void> {
  const competition = await context.database.prisma.competition.findUnique({ where: { leaderboardId } });
  if (!competition) return;
  const typename = 'Leaderboard';
  const verdict = decide(context.actor, 'manage', await locate(context, { typename, id: String(leaderboardId) }));
  if (verdict === 'allowed') return;
  throw refused([
    refusalOf(verdict, { typename, place: 'input.leaderboardId', value: `${typename}_${leaderboardId}` }),
  ]);
}
