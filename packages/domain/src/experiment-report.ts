import type { ConfigOfRow, Figure } from './leaderboard-result.ts';
import type { PublishedFigures } from './run.ts';

/** A metric's name with its value and interval. */
export interface NamedFigure {
  readonly name: string;
  readonly figure: Figure;
}

export interface ReportedPhase {
  readonly phase: string;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMemoryBytes: number | null;
  readonly device: string;
  readonly samples: number;
  readonly cached: number;
  readonly energyJoules: number | null;
  readonly price: number | null;
  readonly currency: string | null;
}

/** A finished run with the stored evaluation that every figure of it comes from. */
export interface ReportedRun {
  /** Row number. */
  readonly runId: string;
  readonly name: string;
  readonly model: ConfigOfRow | null;
  readonly restoration: ConfigOfRow | null;
  readonly seed: number;
  readonly finishedAt: string;
  readonly predictionsDigest: string;
  readonly evaluationVersion: string;
  readonly samples: number;
  /** Samples with a prediction; the others count as wrong. */
  readonly covered: number;
  readonly metrics: readonly NamedFigure[];
  readonly perClass: readonly {
    readonly label: string;
    readonly support: number;
    readonly predicted: number;
    readonly precision: Figure;
    readonly recall: Figure;
    readonly f1: Figure;
  }[];
  /** counts[truth][predicted], and samples of each true class without a prediction. */
  readonly confusion: { readonly counts: readonly (readonly number[])[]; readonly none: readonly number[] };
  readonly phases: readonly ReportedPhase[];
  /** Of a sample, in milliseconds. */
  readonly latency: { readonly p50: number; readonly p95: number } | null;
  /** Whether no other run is at least as accurate for at most its time of preprocessing and inference; null without it. */
  readonly front: boolean | null;
  /** Seconds of preprocessing and inference for 1,000 samples. */
  readonly secondsPerThousand: number | null;
}

/** Two runs on the same samples. */
export interface ReportedPair {
  /** Positions in `runs`. */
  readonly first: number;
  readonly second: number;
  /** Wrong in the first and right in the second; the reverse. */
  readonly fixed: number;
  readonly broken: number;
  /** Of the accuracies, second - first. */
  readonly difference: Figure;
  /** Mid-p of McNemar's test; and corrected by Holm for all pairs of its table. */
  readonly p: number;
  readonly adjusted: number;
}

/** What a restoration does to one model: the same model and seed without it is the first, with it the second. */
export interface RestorationEffect extends ReportedPair {
  readonly model: string;
  readonly restoration: string;
  /** Of macro F1. */
  readonly macroF1: Figure;
  readonly perClass: readonly {
    readonly label: string;
    readonly support: number;
    readonly fixed: number;
    readonly broken: number;
    /** Of the recalls. */
    readonly recall: Figure;
  }[];
}

/** A figure of others, with what their number of images allows. */
export interface ReportedPublication {
  readonly runId: string;
  readonly name: string;
  readonly published: PublishedFigures;
  /** For each possible number of images. */
  readonly accuracy: readonly { readonly samples: number; readonly figure: Figure }[];
}

/** Whether two published accuracies, next to each other in order, may be told apart on so many images. */
export interface PublishedPair {
  readonly better: string;
  readonly worse: string;
  readonly samples: number;
  readonly difference: number;
  readonly mostDiscordant: number | null;
  readonly independent: { readonly discordant: number; readonly p: number };
}

export interface DuplicatePair {
  readonly tested: { readonly index: number; readonly split: string; readonly label: string; readonly digest: string };
  readonly other: { readonly index: number; readonly split: string; readonly label: string; readonly digest: string };
  /** Bits in which the perceptual hashes differ; null for the same bytes. */
  readonly distance: number | null;
}

/** What is known of samples that stand in the tested split and in an earlier one, of which a model may have learned. */
export interface ReportedAudit {
  /** Tested samples whose bytes stand in an earlier split too, and those that only look the same. */
  readonly exact: number;
  readonly near: number;
  /** Of both, how many have another label there. */
  readonly conflicts: number;
  /** The nearest first; not all, but some of each kind: under two labels, of the same bytes, alike. */
  readonly pairs: readonly DuplicatePair[];
}

/**
 * All that a report of an experiment shows, computed from stored predictions; its digest is over this, as canonical
 * JSON, so that two reports of the same runs are the same.
 */
export interface ExperimentReport {
  readonly format: 'samplewise-experiment-report-1';
  readonly experiment: {
    readonly id: string;
    readonly name: string;
    readonly description: string;
    readonly split: string | null;
    readonly project: { readonly team: string; readonly slug: string; readonly name: string };
  };
  readonly dataset: {
    readonly id: string;
    readonly name: string;
    readonly version: string;
    readonly digest: string;
    readonly labels: readonly string[];
    /** Samples that were tested, in all and of each label. */
    readonly samples: number;
    readonly supports: readonly number[];
  };
  readonly confidence: number;
  /** The most accurate first. */
  readonly runs: readonly ReportedRun[];
  /** Each run beside the first. */
  readonly toBest: readonly ReportedPair[];
  /** Cochran's Q over all runs; null for fewer than two. */
  readonly cochranQ: { readonly statistic: number; readonly degreesOfFreedom: number; readonly p: number } | null;
  readonly restorations: readonly RestorationEffect[];
  readonly published: readonly ReportedPublication[];
  readonly publishedPairs: readonly PublishedPair[];
  /** Null where all samples are tested, or where nobody has looked yet. */
  readonly audit: ReportedAudit | null;
  /** Runs that have not finished, and why. */
  readonly unfinished: readonly { readonly name: string; readonly status: string; readonly reason: string | null }[];
  /** What to know before believing it. */
  readonly threats: readonly string[];
}
