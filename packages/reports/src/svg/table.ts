import type { LeaderboardRow } from '@samplewise/domain';
import { xml } from '../escape.ts';
import { datasetText, figureName, intervalOf, moreThan, standText } from '../format.ts';
import { ranksOf, valueOf, type Snapshot } from '../tables.ts';
import { round, scale } from './scale.ts';

const WIDTH = 720;
const ROW = 30;
const HEAD = 84;
const SHOWN = 20;
const NAME_LENGTH = 34;
const BAR = { from: 480, to: 700 };

const STYLE =
  'svg{font:14px system-ui,sans-serif;color:#16191f;--soft:#5a6372;--line:#e3e6eb;--tint:#c9dff7;--accent:#0b62c4}' +
  'text{fill:currentColor}.soft{fill:var(--soft);font-size:12px}.title{font-size:18px;font-weight:600}' +
  '.number{text-anchor:end;font-variant-numeric:tabular-nums}.line{stroke:var(--line)}.bar{fill:var(--tint)}.value{fill:var(--accent)}' +
  '@media(prefers-color-scheme:dark){svg{color:#e8ebf0;--soft:#a4adbb;--line:#2b313b;--tint:#234a73;--accent:#6db3ff}}';

/** The first entries of a board as a picture for a page or a README, which has neither script nor background. */
export function leaderboardSvg({ document }: Snapshot): string {
  const { board, summary } = document;
  const rows = document.rows.slice(0, SHOWN);
  const more = moreThan(document, rows.length);
  const height = HEAD + rows.length * ROW + (more > 0 ? 30 : 10);
  const ends = rows.flatMap(({ value }) =>
    value.value === null ? [] : [value.value, ...Object.values(intervalOf(value) ?? {})],
  );
  const on = ends.length === 0 ? undefined : scale(ends, [BAR.from, BAR.to], { margin: 0.02 });
  const line = (row: LeaderboardRow, i: number): string => {
    const y = HEAD + i * ROW;
    const interval = intervalOf(row.value);
    const bar =
      on && interval
        ? `<rect class="bar" x="${on.at(interval.low)}" y="${y + 11}" width="${round(Math.max(1, on.at(interval.high) - on.at(interval.low)))}" height="8" rx="4"/>`
        : '';
    const value =
      on && row.value.value !== null
        ? `<rect class="value" x="${round(on.at(row.value.value) - 1.5)}" y="${y + 8}" width="3" height="14" rx="1"/>`
        : '';
    const name = row.name.length > NAME_LENGTH ? `${row.name.slice(0, NAME_LENGTH - 1)}…` : row.name;
    return (
      `<path class="line" d="M16 ${y}H${WIDTH - 16}"/><text class="number" x="64" y="${y + 20}">${xml(ranksOf(row))}</text>` +
      `<text x="82" y="${y + 20}">${xml(name)}</text><text class="soft" x="350" y="${y + 20}">${xml(row.letters.join(''))}</text>` +
      `<text class="number" x="462" y="${y + 20}">${xml(valueOf(board.metric, row))}</text>${bar}${value}`
    );
  };
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${xml(board.name)}">` +
    `<title>${xml(board.name)}</title><style>${STYLE}</style>` +
    `<text class="title" x="16" y="30">${xml(board.name.length > 60 ? `${board.name.slice(0, 59)}…` : board.name)}</text>` +
    `<text class="soft" x="16" y="50">${xml(`${datasetText(document)} · ${summary.samples} samples · ${standText(document)}`)}</text>` +
    `<text class="soft number" x="64" y="${HEAD - 8}">Rank</text><text class="soft" x="82" y="${HEAD - 8}">Entry</text>` +
    `<text class="soft number" x="462" y="${HEAD - 8}">${xml(figureName(board.metric))}</text>` +
    rows.map(line).join('') +
    (more > 0 ? `<text class="soft" x="82" y="${height - 10}">and ${more} more</text>` : '') +
    '</svg>'
  );
}
