import { loggedKey, type Figure, type LeaderboardRow, type RankRange, type SnapshotDocument } from '@samplewise/domain';

const NAMES: Readonly<Record<string, string>> = {
  accuracy: 'Accuracy',
  balancedAccuracy: 'Balanced accuracy',
  macroF1: 'Macro F1',
  macroPrecision: 'Macro precision',
  macroRecall: 'Macro recall',
  weightedF1: 'Weighted F1',
  cohenKappa: "Cohen's kappa",
  matthewsCorrelation: 'Matthews correlation',
  macroRocAuc: 'Macro ROC AUC',
  logLoss: 'Log loss',
  brierScore: 'Brier score',
  latencyP50Milliseconds: 'Latency p50, ms',
  latencyP95Milliseconds: 'Latency p95, ms',
  inferenceSeconds: 'Inference, s',
  preprocessingSeconds: 'Preprocessing, s',
  trainingSeconds: 'Training, s',
  cpuSeconds: 'CPU time, s',
  peakMemoryBytes: 'Peak memory, MB',
  secondsPerThousand: 'Preprocessing and inference of 1,000 samples, s',
};

/** Shares, which are shown in per cent. */
const SHARES = new Set(['accuracy', 'balancedAccuracy', 'macroF1', 'macroPrecision', 'macroRecall', 'weightedF1']);

/** A metric or cost for people, with its unit. */
export const figureName = (name: string): string => NAMES[name] ?? loggedKey(name) ?? name;

/** 0.9428 as `94.28 %`, other metrics as `0.943`. */
export function metricText(metric: string, value: number): string {
  return SHARES.has(metric) ? `${(100 * value).toFixed(2)}\u00a0%` : significant(value, 4);
}

/** A difference of two values, with its sign. */
export function differenceText(metric: string, value: number): string {
  const shown = SHARES.has(metric) ? Math.abs(100 * value).toFixed(2) : significant(Math.abs(value), 3);
  return `${value < 0 ? '\u2212' : '+'}${shown}`;
}

export const costText = (name: string, value: number): string =>
  significant(name === 'peakMemoryBytes' ? value / 1e6 : value, 3);

/** So many digits that matter, and no more zeros than that. */
function significant(value: number, digits: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(digits - 1);
  return size >= 10 ** digits ? value.toFixed(0) : value.toPrecision(digits);
}

export const pText = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3));

/** `1`, or `1 to 2`. */
export const ranksText = ({ low, high }: RankRange): string => (low === high ? `${low}` : `${low} to ${high}`);

/** A share of draws, such as `51 %`; never a rounded certainty. */
export function shareText(share: number): string {
  if (share > 0 && share < 0.005) return '< 1\u00a0%';
  if (share < 1 && share >= 0.995) return '> 99\u00a0%';
  return `${Math.round(100 * share)}\u00a0%`;
}

export const dateText = (iso: string): string => iso.slice(0, 10);

/** The interval of a figure that has one. */
export const intervalOf = (figure: Figure): { low: number; high: number } | undefined =>
  figure.value !== null && figure.low !== undefined && figure.high !== undefined
    ? { low: figure.low, high: figure.high }
    : undefined;

/** What an entry is made of, as far as its name does not say it. */
export function configText({ model, restoration, name }: LeaderboardRow): string {
  const parts = [model, restoration?.name === 'none' ? null : restoration].flatMap((config) => {
    if (!config) return [];
    const said = name.includes(config.name);
    if (config.version > 1) return [`${config.name} v${config.version}`];
    return said ? [] : [config.name];
  });
  return parts.join(' · ');
}

/** `FER-2013 · original · TEST` */
export const datasetText = ({ dataset }: SnapshotDocument): string =>
  `${dataset.name} · ${dataset.version} · ${dataset.split ?? 'all samples'}`;

/** `snapshot 3, 2026-01-01`; of a board that nobody has frozen, when it stood so. */
export const standText = ({ number, createdAt }: SnapshotDocument): string =>
  number === 0 ? `as it stood on ${dateText(createdAt)}` : `snapshot ${number}, ${dateText(createdAt)}`;

/** Entries of a board beyond the first rows that are shown. */
export const moreThan = ({ rows, summary }: SnapshotDocument, shown: number): number =>
  Math.max(rows.length, summary.entries) - shown;

/** Where the letters of groups stand among all letters of the board. */
export function lettersOf(rows: readonly LeaderboardRow[]): string[] {
  return [...new Set(rows.flatMap(({ letters }) => letters))].sort(
    (a, b) => Number(a.slice(1)) - Number(b.slice(1)) || a.localeCompare(b, 'en'),
  );
}

/** What rank sets and groups mean, in a sentence. */
export function certaintyText({ summary }: SnapshotDocument): string {
  if (summary.test === null) return 'No samples stand behind the metric, so that nothing tells how sure the ranks are.';
  const test = summary.test === 'mcnemar mid-p' ? "McNemar's test (mid-p)" : 'a paired stratified bootstrap';
  const share = Math.round(100 * summary.confidence);
  const groups = summary.grouped
    ? ' Entries that share a letter can not be told apart; those that share none differ.'
    : '';
  return (
    `Ranks are ${share} % confidence sets, valid for all entries together, from pairwise tests by ${test} ` +
    `with Holm's correction.${groups}`
  );
}
