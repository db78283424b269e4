import { readLeaks, type Candidate, type Database, type LabelColumns } from '@samplewise/database';
import {
  LEADERBOARD_LIMIT,
  publicPart,
  type Figure,
  type LeaderboardRow,
  type LeaderboardSummary,
  type RankRange,
} from '@samplewise/domain';
import {
  evaluate,
  EvaluationInputError,
  paretoFront,
  PAIRWISE_LIMIT,
  RANKED_METRICS,
  type RankedMetricName,
} from '@samplewise/evaluation';
import type { Board } from './board.ts';
import { checksOf } from './checks.ts';
import { bySamples, byTies, entriesOf, type Entry } from './entries.ts';
import { better, costOf, figureOf } from './figures.ts';
import { labelsOf, truthOf } from './label-cache.ts';
import { rankAside } from './rank-thread.ts';

/** Predictions that a ranking holds at once: 200 runs of 250,000 samples, or fewer runs of more. */
const CELLS = 50_000_000;
const SEED = 0;
const CONFIDENCE = 0.95;
const DRAWS = 1000;
/** Of the ranking that is only looked at for what would be otherwise. */
const OTHER_DRAWS = 200;

export type ComputedBoard = Omit<LeaderboardSummary, 'codeVersion' | 'inputsDigest'> & { rows: LeaderboardRow[] };

/** A board's samples: their labels, and 1 for each that counts, and for each that is leaked. */
interface BoardMasks {
  truth: Int16Array;
  part: Uint8Array | undefined;
  leaked: Uint8Array | undefined;
}

/** An entry with what was found out about it. */
interface Ranked extends Entry {
  ranks: RankRange | null;
  bootstrapRanks: RankRange | null;
  first: number | null;
  toLeader: LeaderboardRow['toLeader'];
  letters: readonly string[];
  otherwise: LeaderboardRow['otherwise'];
}

/**
 * Ranks a board's runs. Metrics of labels are resampled and tested for the first entries, as many as can be; other
 * metrics, and further entries, are ranked by their value alone.
 */
export async function computeBoard(
  database: Database,
  board: Board,
  candidates: readonly Candidate[],
): Promise<ComputedBoard> {
  const truth = await truthOf(database, board);
  const part = partOf(board, truth);
  const counted = part ? truth.filter((_, i) => part[i] === 1) : truth;
  const leaks = await readLeaks(database.pool, board.versionId, board.split);
  const { leaked } = leaks;
  const leakedSamples = sum(leaked);
  const { own, wider, refused } = bySamples(candidates, board.split);
  const entries = entriesOf(board, [...own, ...(await onBoardSamples(database, board, wider))]);
  const metric = RANKED_METRICS.find((name) => name === board.metric);
  const ranking = metric
    ? await rankBySamples(database, board, metric, entries, {
        truth,
        part,
        leaked: leakedSamples > 0 ? leaked : undefined,
      })
    : { test: null, grouped: false, ranked: sortedByValue(board, entries).map(byValueAlone) };
  const untested = metric ? ranking.ranked.filter((entry) => entry.ranks === null).length : 0;
  const rows = withPareto(board, rowsOf(board, ranking.ranked));
  const cut = candidates.length >= LEADERBOARD_LIMIT;
  return {
    entries: rows.length,
    samples: counted.length - (board.excludeLeaks ? sum(part ? leaked.filter((_, i) => part[i] === 1) : leaked) : 0),
    ...(board.competition && { part: board.competition.part }),
    leakedSamples,
    test: ranking.test,
    confidence: CONFIDENCE,
    draws: DRAWS,
    seed: SEED,
    grouped: ranking.grouped,
    checks: checksOf({
      board,
      rows,
      truth: counted,
      total: truth.length,
      leakedSamples,
      leaks,
      wider: wider.length,
      refused,
      untested,
      cut,
    }),
    rows,
  };
}

const sum = (mask: Uint8Array): number => mask.reduce((all, is) => all + is, 0);

/** 1 for each sample by which a competition is ranked as it stands; undefined: there is none, and all count. */
function partOf({ competition }: Board, truth: Int16Array): Uint8Array | undefined {
  if (!competition) return undefined;
  const mask = publicPart(truth, competition.salt, competition.publicShare);
  return competition.part === 'PUBLIC' ? mask : mask.map((is) => 1 - is);
}

/** Runs on all samples, evaluated on those of the board. */
async function onBoardSamples(database: Database, board: Board, runs: readonly Candidate[]): Promise<Candidate[]> {
  const columns = await labelsOf(database, board, runs);
  return runs.map((run, i) => {
    const { metrics, covered, perClass } = evaluate({ labels: board.labels, ...columns[i]! }, { draws: OTHER_DRAWS });
    const neverPredicts = perClass.filter((c) => c.support > 0 && c.predicted === 0).map((c) => c.label);
    // What was computed of the scores of all samples does not hold for these.
    return { ...run, metrics, covered, neverPredicts, scores: null };
  });
}

async function rankBySamples(
  database: Database,
  board: Board,
  metric: RankedMetricName,
  entries: readonly Entry[],
  { truth, part, leaked }: BoardMasks,
): Promise<{ test: string | null; grouped: boolean; ranked: Ranked[] }> {
  const limit = Math.min(PAIRWISE_LIMIT, Math.max(2, Math.floor(CELLS / truth.length)));
  const chosen = new Set(sortedByValue(board, entries).slice(0, limit));
  // In the order of the tie-breaks, which the ranking keeps among equal values.
  const tested = entries.filter((entry) => chosen.has(entry));
  const rest = sortedByValue(board, entries).slice(limit).map(byValueAlone);
  if (tested.length === 0) return { test: null, grouped: false, ranked: [] };
  const columns = await labelsOf(
    database,
    board,
    tested.map(({ candidate }) => candidate),
  );
  const predictions = { labels: board.labels, truth, predicted: columns.map((c: LabelColumns) => c.predicted) };
  const clean = leaked?.map((is, i) => (1 - is) & (part?.[i] ?? 1));
  if (board.excludeLeaks && clean?.includes(1) === false) {
    throw new EvaluationInputError('excludeLeaks', 'leaves no sample; all of them stand in an earlier split too');
  }
  const rank = (mask: Uint8Array | undefined, draws: number) =>
    rankAside({ ...predictions, ...(mask && { mask }) }, { metric, seed: SEED, draws, confidence: CONFIDENCE });
  const ranking = await rank(board.excludeLeaks && clean ? clean : part, DRAWS);
  const other = clean?.includes(1) === true ? await rank(board.excludeLeaks ? part : clean, OTHER_DRAWS) : undefined;
  return {
    test: ranking.test,
    grouped: ranking.groups !== null,
    ranked: [
      ...ranking.order.map((run): Ranked => {
        const { estimate, ranks, bootstrapRanks, first, toLeader } = ranking.runs[run]!;
        const letters = ranking.groups?.filter(({ members }) => members.includes(run)).map(({ letter }) => letter);
        const otherwise = other && { rank: other.runs[run]!.rank, value: other.runs[run]!.estimate };
        return {
          ...tested[run]!,
          ranks,
          bootstrapRanks,
          first,
          toLeader,
          value: estimate,
          letters: letters ?? [],
          otherwise: otherwise ?? null,
        };
      }),
      ...rest,
    ],
  };
}

const sortedByValue = (board: Board, entries: readonly Entry[]): Entry[] =>
  entries.toSorted((a, b) => better(a.value.value, b.value.value, board.direction)); // a stable order

const byValueAlone = (entry: Entry): Ranked => ({
  ...entry,
  ranks: null,
  bootstrapRanks: null,
  first: null,
  toLeader: null,
  letters: [],
  otherwise: null,
});

/** @param ranked the best first */
function rowsOf(board: Board, ranked: readonly Ranked[]): LeaderboardRow[] {
  let rank = 1;
  return ranked.map((entry, position): LeaderboardRow => {
    const before = ranked[position - 1];
    const tied = before?.value.value === entry.value.value && byTies(board, before, entry) === 0;
    if (!tied) rank = position + 1;
    const { candidate, submissions, value, ranks, bootstrapRanks, first, toLeader, letters, otherwise } = entry;
    const { runId, submission, name, model, restoration, finishedAt, covered, neverPredicts } = candidate;
    return {
      position,
      rank,
      runId: submission ? null : runId,
      ...(submission && { submission: submissionOf(board, candidate, submission) }),
      name,
      model,
      restoration,
      finishedAt,
      submissions,
      value: value satisfies Figure,
      ranks,
      bootstrapRanks,
      first,
      toLeader,
      letters,
      covered,
      neverPredicts,
      otherwise,
      costs: board.costs.map((cost) => ({ name: cost, value: costOf(candidate, cost), front: false })),
      predictionsDigest: candidate.predictionsDigest,
      evaluationVersion: candidate.evaluationVersion,
    };
  });
}

function submissionOf(
  board: Board,
  candidate: Candidate,
  submission: NonNullable<Candidate['submission']>,
): NonNullable<LeaderboardRow['submission']> {
  const { id, number, entrant, knewLabels } = submission;
  return { id, number, entrant, knewLabels, publicValue: figureOf({ ...candidate, ...submission }, board.metric) };
}

function withPareto(board: Board, rows: readonly LeaderboardRow[]): LeaderboardRow[] {
  const fronts = board.costs.map((_, column) => {
    const points = rows.flatMap(({ position, value: { value }, costs }) => {
      const cost = costs[column]!.value;
      // A logged cost may be anything; one below 0 is none.
      if (value === null || cost === null || cost < 0) return [];
      return [{ id: String(position), quality: board.direction === 'HIGHER' ? value : -value, cost }];
    });
    const front = paretoFront(points).filter(({ dominatedBy }) => dominatedBy === null);
    return new Set(front.map(({ id }) => Number(id)));
  });
  return rows.map((row) => ({
    ...row,
    costs: row.costs.map((cost, column) => ({ ...cost, front: fronts[column]!.has(row.position) })),
  }));
}
