import type { BoardSamples } from '@samplewise/database';
import { LEADERBOARD_LIMIT, type LeaderboardCheck, type LeaderboardRow } from '@samplewise/domain';
import type { Board } from './board.ts';

/** From so many runs of one entrant on, its figures have been looked at too often. */
const MANY_SUBMISSIONS = 10;
const NAMED = 5;

export interface Checked {
  board: Board;
  rows: readonly LeaderboardRow[];
  /** Of the samples that count. */
  truth: Int16Array;
  /** All samples of the board, also those that do not count yet. */
  total: number;
  leakedSamples: number;
  leaks: Pick<BoardSamples, 'exact' | 'audited'>;
  /** Runs on more samples than the board's. */
  wider: number;
  /** Runs on other samples. */
  refused: number;
  /** Entries that are ranked by their value alone. */
  untested: number;
  /** There were more runs than a board holds. */
  cut: boolean;
}

/** What a reader should know before believing the ranking, the gravest first. */
export function checksOf(checked: Checked): LeaderboardCheck[] {
  const { board, rows, truth, total, leakedSamples, leaks, wider, refused, untested, cut } = checked;
  const occurring = new Set(truth);
  const missing = board.labels.filter((_, label) => !occurring.has(label));
  const incomplete = rows.filter((row) => row.covered < truth.length);
  const blind = rows.filter((row) => row.neverPredicts.length > 0);
  const moved = rows.filter((row) => row.otherwise && row.otherwise.rank !== row.rank);
  const submissions = Math.max(0, ...rows.map((row) => row.submissions));
  const part = board.competition?.part;
  const things = board.competition ? 'submissions' : 'runs';
  const informed = rows.filter(({ submission }) => submission?.knewLabels);
  const checks: (LeaderboardCheck | false)[] = [
    informed.length > 0 && {
      code: 'KNEW_LABELS',
      level: 'WARNING',
      message: `${count(informed.length, 'entry is', 'entries are')} of somebody who sees the hidden labels.`,
      count: informed.length,
    },
    part === 'PUBLIC' && {
      code: 'PUBLIC_PART',
      level: 'INFO',
      message:
        `Ranked by ${truth.length} of ${total} samples, the public part, of which each submission tells its entrant; ` +
        'the rest is revealed when the competition is over, and decides.',
      count: truth.length,
    },
    part === 'PRIVATE' && {
      code: 'PRIVATE_PART',
      level: 'INFO',
      message: `Ranked by ${truth.length} of ${total} samples, the private part, by which no submission was chosen.`,
      count: truth.length,
    },
    leakedSamples > 0 && {
      code: 'LEAKED_SAMPLES',
      level: board.excludeLeaks ? 'INFO' : 'WARNING',
      message:
        `${count(leakedSamples, 'sample')} of ${total} ${leakedSamples === 1 ? 'stands' : 'stand'} in an earlier split too, ` +
        `${leaks.exact} of them byte for byte; ` +
        `the ranking is ${board.excludeLeaks ? 'without' : 'with'} them. ` +
        (moved.length === 0
          ? 'No rank depends on it.'
          : `${count(moved.length, 'rank')} would be another ${board.excludeLeaks ? 'with' : 'without'} them.`) +
        (leaks.audited ? '' : ' Samples that only look alike have not been looked for yet.'),
      count: leakedSamples,
    },
    missing.length > 0 && {
      code: 'MISSING_CLASSES',
      level: 'WARNING',
      message: `No sample is of ${list(missing)}.`,
      count: missing.length,
    },
    incomplete.length > 0 && {
      code: 'INCOMPLETE_COVERAGE',
      level: 'WARNING',
      message: `${count(incomplete.length, 'entry lacks', 'entries lack')} predictions of some samples, which count as wrong.`,
      count: incomplete.length,
    },
    blind.length > 0 && {
      code: 'NEVER_PREDICTED',
      level: 'WARNING',
      message: `${count(blind.length, 'entry never predicts', 'entries never predict')} a class that occurs.`,
      count: blind.length,
    },
    board.entryPer === 'MODEL_CONFIG' &&
      board.pick === 'BEST' &&
      part !== 'PRIVATE' &&
      submissions > 1 && {
        code: 'BEST_PICKED',
        level: 'WARNING',
        message: `The best of several ${things} was chosen by the samples that it is ranked by, so its value is too good.`,
        count: rows.filter((row) => row.submissions > 1).length,
      },
    submissions > 1 && {
      code: 'SUBMISSIONS',
      level: submissions >= MANY_SUBMISSIONS ? 'WARNING' : 'INFO',
      message: `Up to ${submissions} ${things} of one entrant were evaluated on these samples.`,
      count: submissions,
    },
    wider > 0 && {
      code: 'INTERSECTION',
      level: 'INFO',
      message: `${count(wider, 'run')} on more samples ${wider === 1 ? 'is' : 'are'} compared on those of this board.`,
      count: wider,
    },
    refused > 0 && {
      code: 'REFUSED_RUNS',
      level: 'INFO',
      message: `${count(refused, 'run')} on other samples of the dataset version ${refused === 1 ? 'is' : 'are'} left out.`,
      count: refused,
    },
    untested > 0 && {
      code: 'UNTESTED_ENTRIES',
      level: 'INFO',
      message: `Beyond the first ${rows.length - untested}, entries are ranked by their value alone, as evaluated with all samples; ranks of the first are among each other.`,
      count: untested,
    },
    cut && {
      code: 'TOO_MANY_RUNS',
      level: 'WARNING',
      message: `Only the newest ${LEADERBOARD_LIMIT} runs were looked at.`,
      count: LEADERBOARD_LIMIT,
    },
  ];
  return checks.filter((check) => check !== false);
}

const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

function list(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).join(', ');
  return names.length > NAMED ? `${shown} and ${names.length - NAMED} more classes` : shown;
}
