import type { Figure, LeaderboardRow, SnapshotDocument } from '@samplewise/domain';
import { csv, isPlainTex, markdown, tex } from './escape.ts';
import {
  certaintyText,
  costText,
  datasetText,
  differenceText,
  figureName,
  intervalOf,
  metricText,
  moreThan,
  pText,
  ranksText,
  standText,
} from './format.ts';

/** A frozen board and the digest that names it. */
export interface Snapshot {
  readonly document: SnapshotDocument;
  readonly digest: string;
}

/** Rows of a table that somebody reads; all of them are in the CSV and the JSON. */
const READABLE_ROWS = 200;

/** Every row with full precision. Columns are only ever added at the end. */
export function leaderboardCsv({ document: { rows, board } }: Snapshot): string {
  const head = [
    'rank',
    'rank_low',
    'rank_high',
    'first_probability',
    'name',
    'model',
    'model_version',
    'restoration',
    'restoration_version',
    board.metric,
    'low',
    'high',
    'difference_to_leader',
    'difference_low',
    'difference_high',
    'p',
    'p_holm',
    'groups',
    'covered',
    'submissions',
    'run',
    'finished_at',
    'predictions_sha256',
    ...board.costs,
  ];
  const low = (figure: Figure | undefined): number | null => (figure && intervalOf(figure)?.low) ?? null;
  const high = (figure: Figure | undefined): number | null => (figure && intervalOf(figure)?.high) ?? null;
  const line = (row: LeaderboardRow) => [
    row.rank,
    row.ranks?.low ?? null,
    row.ranks?.high ?? null,
    row.first,
    row.name,
    row.model?.name ?? null,
    row.model?.version ?? null,
    row.restoration?.name ?? null,
    row.restoration?.version ?? null,
    row.value.value,
    low(row.value),
    high(row.value),
    row.toLeader?.difference.value ?? null,
    low(row.toLeader?.difference),
    high(row.toLeader?.difference),
    row.toLeader?.p ?? null,
    row.toLeader?.adjusted ?? null,
    row.letters.join(' '),
    row.covered,
    row.submissions,
    row.submission ? `Submission_${row.submission.id}` : `Run_${row.runId}`,
    row.finishedAt,
    row.predictionsDigest,
    ...row.costs.map(({ value }) => value),
  ];
  return [head, ...rows.map(line)].map((fields) => `${fields.map(csv).join(',')}\r\n`).join('');
}

/** A table for a README, with the checks below it. */
export function leaderboardMarkdown({ document, digest }: Snapshot): string {
  const { board, rows, summary } = document;
  const head = ['Rank', 'Entry', figureName(board.metric), '95 % interval', 'To the leader', 'p (Holm)'];
  if (summary.grouped) head.push('Groups');
  head.push(...board.costs.map(figureName));
  const shown = rows.slice(0, READABLE_ROWS);
  const lines = shown.map((row) => [
    ranksOf(row),
    markdown(row.name),
    valueOf(board.metric, row),
    intervalText(board.metric, row.value),
    row.toLeader?.difference.value == null ? '' : differenceText(board.metric, row.toLeader.difference.value),
    row.toLeader ? pText(row.toLeader.adjusted).replace('<', '&lt;') : '',
    ...(summary.grouped ? [row.letters.join(' ')] : []),
    ...row.costs.map(({ name, value }) => (value === null ? '' : costText(name, value))),
  ]);
  const table = [head.map(markdown), head.map((_, i) => (i === 1 ? '---' : '--:')), ...lines];
  return [
    `## ${markdown(board.name)}`,
    '',
    `${markdown(datasetText(document))}, ${summary.samples} samples, ${standText(document)}.`,
    '',
    ...table.map((cells) => `| ${cells.join(' | ')} |`),
    ...(moreThan(document, shown.length) > 0
      ? ['', `${moreThan(document, shown.length)} more entries are in the CSV.`]
      : []),
    '',
    certaintyText(document),
    '',
    ...document.summary.checks.map(
      ({ level, message }) => `- ${level === 'WARNING' ? '**Warning:** ' : ''}${markdown(message)}`,
    ),
    ...(document.summary.checks.length > 0 ? [''] : []),
    `SHA-256 \`${digest}\``,
    '',
  ].join('\n');
}

/** A table for a paper; needs the package booktabs, and textcomp where LaTeX is older than 2020. */
export function leaderboardLatex({ document, digest }: Snapshot): string {
  const { board, rows, summary } = document;
  const head = ['Rank', 'Entry', figureName(board.metric), 'Interval', '$\\Delta$', '$p$'];
  if (summary.grouped) head.push('Groups');
  const costs = board.costs.map(figureName);
  const shown = rows.slice(0, READABLE_ROWS);
  const lines = shown.map((row) => [
    texNumber(ranksOf(row).replace(' to ', '--')),
    tex(row.name),
    texNumber(valueOf(board.metric, row)),
    texNumber(intervalText(board.metric, row.value).replace(' to ', '--')),
    row.toLeader?.difference.value == null
      ? ''
      : texNumber(differenceText(board.metric, row.toLeader.difference.value)),
    row.toLeader ? texNumber(pText(row.toLeader.adjusted)) : '',
    ...(summary.grouped ? [`\\textit{${row.letters.join(' ')}}`] : []),
    ...row.costs.map(({ name, value }) => (value === null ? '' : texNumber(costText(name, value)))),
  ]);
  const cells = (line: readonly string[]): string => `    ${line.join(' & ')} \\\\`;
  const columns = [...head, ...costs].map((_, i) => (i === 1 ? 'l' : 'r')).join('');
  const caption =
    `${tex(board.name)} on ${tex(datasetText(document))} (${summary.samples} samples). ${tex(certaintyText(document))} ` +
    `${tex(capital(standText(document)))}.`;
  return [
    '% \\usepackage{booktabs}',
    ...([board.name, datasetText(document), ...shown.map(({ name }) => name)].every(isPlainTex)
      ? []
      : ['% Some names need \\usepackage[T1]{fontenc}, or XeLaTeX and a font that has their characters.']),
    `% Samplewise leaderboard, ${standText(document)}, SHA-256 ${digest}`,
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${caption}}`,
    `  \\label{tab:samplewise-${digest.slice(0, 12)}}`,
    `  \\begin{tabular}{${columns}}`,
    '    \\toprule',
    cells([
      ...head.slice(0, 2),
      ...head.slice(2).map((name) => (name.startsWith('$') ? name : tex(name))),
      ...costs.map(tex),
    ]),
    '    \\midrule',
    ...lines.map(cells),
    '    \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
    ...(moreThan(document, shown.length) > 0
      ? [`% ${moreThan(document, shown.length)} more entries are in the CSV.`]
      : []),
    '',
  ].join('\n');
}

/** For citing a snapshot: its digest names what was cited, wherever it is kept. */
export function leaderboardBibtex({ document, digest }: Snapshot): string {
  const { board, number, createdAt } = document;
  const month = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
  return [
    `@misc{samplewise-${digest.slice(0, 12)},`,
    `  title        = {{${tex(board.name)}: ${tex(datasetText(document))}}},`,
    `  author       = {{${tex(board.project.team)} / ${tex(board.project.name)}}},`,
    `  year         = {${createdAt.slice(0, 4)}},`,
    `  month        = ${month[Number(createdAt.slice(5, 7)) - 1]!},`,
    `  howpublished = {Samplewise leaderboard, snapshot ${number}},`,
    `  note         = {SHA-256 ${digest}}`,
    '}',
    '',
  ].join('\n');
}

/** The ranks that an entry may have, or the one that its value gives. */
export const ranksOf = (row: LeaderboardRow): string => (row.ranks ? ranksText(row.ranks) : String(row.rank));

export const valueOf = (metric: string, { value }: LeaderboardRow): string =>
  value.value === null ? 'undefined' : metricText(metric, value.value);

export function intervalText(metric: string, figure: Figure): string {
  const interval = intervalOf(figure);
  return interval ? `${metricText(metric, interval.low)} to ${metricText(metric, interval.high)}` : '';
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Numbers as we write them, in LaTeX's characters. */
const texNumber = (text: string): string =>
  text
    .replace(/\u00a0?%/g, '\\,\\%')
    .replace(/^\u2212/, '$-$')
    .replace(/^\+/, '$+$')
    .replace(/^< /, '$<$')
    .replace(/\u00a0/g, '~');
