import type { Candidate } from '@samplewise/database';
import type { Figure } from '@samplewise/domain';
import type { Board } from './board.ts';
import { better, figureOf, tieDirection } from './figures.ts';

/** A run that may stand on the board, on the board's samples. */
export interface Entry {
  candidate: Candidate;
  value: Figure;
  submissions: number;
}

/**
 * Runs about the board's samples, and how many are about others. A run on all samples of the version has the board's
 * split among them; one on another split lacks samples, and is refused.
 */
export function bySamples(candidates: readonly Candidate[], split: Board['split']) {
  const own = candidates.filter((candidate) => candidate.split === split);
  const wider = split === null ? [] : candidates.filter((candidate) => candidate.split === null);
  return { own, wider, refused: candidates.length - own.length - wider.length };
}

/**
 * Runs of one entrant: in a competition what somebody has sent; else those of one model config with one restoration, or,
 * without a model config, of one name.
 */
function entrantOf({ submission, model, restoration, name }: Candidate): string {
  if (submission) return `entrant ${submission.entrantId}`;
  return model ? `${model.id} ${restoration?.id ?? ''}` : `name ${name}`;
}

/** The entries of a board, in the order of its tie-breaks and then of their runs; values do not order them yet. */
export function entriesOf(board: Board, candidates: readonly Candidate[]): Entry[] {
  const entrants = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const key = entrantOf(candidate);
    const runs = entrants.get(key);
    if (runs) runs.push(candidate);
    else entrants.set(key, [candidate]);
  }
  const entries = [...entrants.values()].flatMap((runs): Entry[] => {
    const of = (candidate: Candidate): Entry => ({
      candidate,
      value: figureOf(candidate, board.metric),
      submissions: runs.length,
    });
    return board.entryPer === 'RUN' ? runs.map(of) : [picked(board, runs.map(of))];
  });
  return entries.sort((a, b) => byTies(board, a, b) || byRun(a, b));
}

function picked(board: Board, entries: Entry[]): Entry {
  const latest = (a: Entry, b: Entry): number =>
    b.candidate.finishedAt.localeCompare(a.candidate.finishedAt) || byRun(b, a);
  // A submission is chosen by what its entrant knew of it, also where another part of the samples ranks it.
  const value = ({ candidate }: Entry) => figureOf({ ...candidate, ...candidate.submission }, board.metric).value;
  const best = (a: Entry, b: Entry): number => better(value(a), value(b), board.direction) || latest(a, b);
  return entries.sort(board.pick === 'BEST' ? best : latest)[0]!;
}

/** 0 where the tie-breaks tell nothing. */
export function byTies(board: Board, a: Entry, b: Entry): number {
  for (const tie of board.tieBreaks) {
    const [first, second] = [a, b].map(({ candidate }) => figureOf(candidate, tie.by).value);
    const order = better(first!, second!, tieDirection(tie));
    if (order !== 0) return order;
  }
  return 0;
}

/** The one that was there first. */
function byRun(a: Entry, b: Entry): number {
  const number = ({ candidate: { runId } }: Entry): bigint => BigInt(runId.replace('-', ''));
  return Number(number(a) - number(b));
}
