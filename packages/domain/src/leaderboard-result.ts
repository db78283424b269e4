import type { BoardPart } from './competition.ts';
import type { LeaderboardSpec, RankDirection } from './leaderboard.ts';

/** A figure with its interval, or why there is none: packages/evaluation's Estimate, as it is stored. */
export type Figure =
  | { readonly value: number; readonly low?: number; readonly high?: number; readonly method?: string }
  | { readonly value: null; readonly reason: string };

export interface RankRange {
  readonly low: number;
  readonly high: number;
}

export interface ConfigOfRow {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly digest: string;
}

export interface CostOfRow {
  readonly name: string;
  /** Null where the run has not told. */
  readonly value: number | null;
  /** Whether no other entry is at least as good for at most this cost, and better in one (Pareto). */
  readonly front: boolean;
}

/** A submission on a board, with what the public part said of it. */
export interface SubmissionOfRow {
  /** Row number. */
  readonly id: string;
  /** Counts those of the entrant from 1. */
  readonly number: number;
  readonly entrant: string;
  /** Whether its sender saw the hidden labels. */
  readonly knewLabels: boolean;
  /** The metric on the public part, by which it was chosen among those of its entrant. */
  readonly publicValue: Figure;
}

/** An entry of a board. Everything that it shows, and what that rests on. */
export interface LeaderboardRow {
  /** From 0, the best first; entries that nothing tells apart have one rank, and positions in the order of their runs. */
  readonly position: number;
  readonly rank: number;
  /** Row number; null where the entry is a submission. */
  readonly runId: string | null;
  /** Of a board with a competition; left out on others. */
  readonly submission?: SubmissionOfRow;
  readonly name: string;
  readonly model: ConfigOfRow | null;
  readonly restoration: ConfigOfRow | null;
  readonly finishedAt: string;
  /** Finished runs or submissions of the same entrant on these samples, this one among them. */
  readonly submissions: number;
  readonly value: Figure;
  /** The ranks that it may truly have, for all entries together; null where nothing tells. */
  readonly ranks: RankRange | null;
  /** Where it stands in the draws of a bootstrap. */
  readonly bootstrapRanks: RankRange | null;
  /** How often it is first in these draws. */
  readonly first: number | null;
  readonly toLeader: { readonly difference: Figure; readonly p: number; readonly adjusted: number } | null;
  /** Of the groups of entries that can't be told apart. */
  readonly letters: readonly string[];
  /** Samples of the board that have a prediction. */
  readonly covered: number;
  /** Classes that occur and that it never predicts. */
  readonly neverPredicts: readonly string[];
  /** The same with leaked samples where the board is without them, and the reverse; null where none are leaked. */
  readonly otherwise: { readonly rank: number; readonly value: Figure } | null;
  /** In the order of the board. */
  readonly costs: readonly CostOfRow[];
  /** SHA-256 of the predictions, and the version of the code that evaluated them. */
  readonly predictionsDigest: string;
  readonly evaluationVersion: string;
}

export type CheckLevel = 'INFO' | 'WARNING';

/** What a reader should know before believing a ranking. */
export interface LeaderboardCheck {
  readonly code:
    | 'LEAKED_SAMPLES'
    | 'INCOMPLETE_COVERAGE'
    | 'MISSING_CLASSES'
    | 'NEVER_PREDICTED'
    | 'INTERSECTION'
    | 'REFUSED_RUNS'
    | 'SUBMISSIONS'
    | 'PUBLIC_PART'
    | 'PRIVATE_PART'
    | 'KNEW_LABELS'
    | 'BEST_PICKED'
    | 'UNTESTED_ENTRIES'
    | 'TOO_MANY_RUNS';
  readonly level: CheckLevel;
  /** A sentence for people. */
  readonly message: string;
  /** How many samples, classes, entries or runs it is about. */
  readonly count: number;
}

/** What a board shows beside its rows. */
export interface LeaderboardSummary {
  readonly codeVersion: string;
  /** SHA-256 over all that was read: runs, digests of predictions, costs, and the board's revision. */
  readonly inputsDigest: string;
  readonly entries: number;
  /** Samples that the ranking counts. */
  readonly samples: number;
  /** Of a board with a competition: the part of the samples that it is ranked by; left out on others. */
  readonly part?: BoardPart;
  readonly leakedSamples: number;
  /** How differences were tested; null where there are no samples behind the metric. */
  readonly test: string | null;
  readonly confidence: number;
  readonly draws: number;
  readonly seed: number;
  /** Whether entries share letters; not where the metric has no samples, or groups would be too many. */
  readonly grouped: boolean;
  readonly checks: readonly LeaderboardCheck[];
}

/** A frozen board: all that is needed to show, cite and check it. Its digest is over this, as canonical JSON. */
export interface SnapshotDocument {
  readonly format: 'samplewise-leaderboard-snapshot-1';
  readonly number: number;
  readonly createdAt: string;
  readonly note: string;
  readonly board: Omit<LeaderboardSpec, 'direction' | 'visibility'> & {
    readonly id: string;
    readonly project: { readonly team: string; readonly slug: string; readonly name: string };
    readonly direction: RankDirection;
    readonly revision: number;
  };
  readonly dataset: {
    readonly name: string;
    readonly version: string;
    readonly number: number;
    readonly digest: string;
    readonly split: string | null;
    readonly labels: readonly string[];
  };
  readonly computedAt: string;
  readonly summary: LeaderboardSummary;
  readonly rows: readonly LeaderboardRow[];
}
