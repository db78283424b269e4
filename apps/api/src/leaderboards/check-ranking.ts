import {
  InvalidInput,
  LABEL_METRICS,
  problem,
  SCORE_METRICS,
  type LeaderboardFilter,
  type TieBreak,
} from '@samplewise/domain';

/** A board's rule, as far as it matters to a competition. */
interface Ranking {
  metric: string;
  tieBreaks: readonly TieBreak[];
  costs: readonly string[];
  filter: LeaderboardFilter;
}

const MEASURED: readonly string[] = [...LABEL_METRICS, ...SCORE_METRICS];

/**
 * Whether a board with a competition can be ranked so: by what predictions say, of all submissions.
 * @throws InvalidInput
 */
export function checkRanking({ metric, tieBreaks, costs, filter }: Ranking): void {
  const logged = [metric, ...tieBreaks.map(({ by }) => by)].find((name) => !MEASURED.includes(name));
  if (logged !== undefined) {
    throw wrong(
      'input.metric',
      'A submission has no such figure, but predictions alone.',
      logged,
      `Rank, and break ties, by ${MEASURED.join(', ')}.`,
    );
  }
  if (costs.length > 0) throw wrong('input.costs', 'Submissions tell no costs.', costs.join(', '));
  if (Object.keys(filter).length > 0) {
    throw wrong('input.filter', 'A competition ranks all submissions.', filter, 'Leave it out.');
  }
}

const wrong = (place: string, message: string, value: unknown, mend = 'Leave it out.'): InvalidInput =>
  new InvalidInput(problem('INVALID_VALUE', message, { place, value, mend }));
