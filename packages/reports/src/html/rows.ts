import type { LeaderboardRow, SnapshotDocument } from '@samplewise/domain';
import { xml } from '../escape.ts';
import {
  certaintyText,
  configText,
  costText,
  differenceText,
  figureName,
  lettersOf,
  metricText,
  moreThan,
  pText,
  shareText,
} from '../format.ts';
import { intervalBar, intervalScale } from '../svg/interval.ts';
import type { Scale } from '../svg/scale.ts';
import { intervalText, ranksOf, valueOf } from '../tables.ts';

/** Rows that a page shows; all of them are in the CSV and the JSON. */
const SHOWN = 200;
/** Groups that are drawn as bars; letters tell the others too. */
const DRAWN_GROUPS = 10;

/** What is the same for all rows of a table. */
interface Table {
  document: SnapshotDocument;
  rows: readonly LeaderboardRow[];
  /** Letters that are drawn, with the first and the last position of each. */
  groups: readonly { letter: string; first: number; last: number }[];
  on: Scale | undefined;
  tested: boolean;
}

/** The ranking as a table, which on narrow screens becomes a list. */
export function rankingTable(document: SnapshotDocument): string {
  const rows = document.rows.slice(0, SHOWN);
  const { summary, board } = document;
  const table: Table = {
    document,
    rows,
    groups: lettersOf(rows)
      .slice(0, DRAWN_GROUPS)
      .map((letter) => ({
        letter,
        first: rows.findIndex(({ letters }) => letters.includes(letter)),
        last: rows.findLastIndex(({ letters }) => letters.includes(letter)),
      })),
    on: intervalScale(rows.map(({ value }) => value)),
    tested: summary.test !== null,
  };
  const share = Math.round(100 * summary.confidence);
  const head = [
    '<th scope="col">Rank</th>',
    ...(summary.grouped ? ['<th scope="col" class="text">Groups</th>'] : []),
    '<th scope="col" class="text">Entry</th>',
    `<th scope="col">${xml(figureName(board.metric))}</th>`,
    `<th scope="col" class="text">${share} % interval</th>`,
    ...(table.tested ? ['<th scope="col">To the leader</th>', '<th scope="col">First in draws</th>'] : []),
    ...board.costs.map((cost) => `<th scope="col">${xml(figureName(cost))}</th>`),
  ].join('');
  const more = moreThan(document, rows.length);
  return (
    `<table><caption>${xml(certaintyText(document))}</caption><thead><tr>${head}</tr></thead>` +
    `<tbody>${rows.map((row) => rowOf(row, table)).join('')}</tbody></table>` +
    (more > 0 ? `<p class="more">${more} more entries are in the CSV and the JSON.</p>` : '')
  );
}

function rowOf(row: LeaderboardRow, table: Table): string {
  const { board, summary } = table.document;
  return [
    '<tr>',
    `<td class="rank">${xml(ranksOf(row))}</td>`,
    summary.grouped ? `<td class="groups" style="--bars:${table.groups.length}">${groupsOf(row, table)}</td>` : '',
    `<td class="text entry">${xml(row.name)}${detail(configText(row))}${detail(remarks(row, table.document))}</td>`,
    `<td class="metric">${xml(valueOf(board.metric, row))}</td>`,
    `<td class="text plot">${barOf(row, table)}</td>`,
    table.tested ? `<td class="fact" data-name="To the leader">${toLeader(row, board.metric)}</td>` : '',
    table.tested
      ? `<td class="fact" data-name="First in draws">${row.first === null ? '' : xml(shareText(row.first))}</td>`
      : '',
    ...row.costs.map(({ name, value, front }) => {
      const shown =
        value === null
          ? ''
          : `<span${front ? ' class="front" title="on the front"' : ''}>${xml(costText(name, value))}</span>`;
      return `<td class="fact" data-name="${xml(figureName(name))}">${shown}</td>`;
    }),
    '</tr>',
  ].join('');
}

const detail = (text: string): string => (text === '' ? '' : `<small>${xml(text)}</small>`);

/** What is unusual about an entry. */
function remarks(row: LeaderboardRow, { summary, board }: SnapshotDocument): string {
  const parts: string[] = [];
  const all = summary.samples + (board.excludeLeaks ? summary.leakedSamples : 0);
  if (row.covered < all) parts.push(`${((100 * row.covered) / all).toFixed(1)} % of samples predicted`);
  if (row.neverPredicts.length > 0)
    parts.push(`never predicts ${row.neverPredicts.slice(0, 3).join(', ')}${row.neverPredicts.length > 3 ? ' …' : ''}`);
  if (row.submissions > 1) parts.push(`${row.submissions} ${row.submission ? 'submissions' : 'runs'}`);
  if (row.otherwise && row.otherwise.rank !== row.rank) {
    parts.push(`rank ${row.otherwise.rank} ${board.excludeLeaks ? 'with' : 'without'} leaked samples`);
  }
  return parts.join(' · ');
}

function barOf({ value }: LeaderboardRow, { on, rows, document }: Table): string {
  if (!on || value.value === null) return value.value === null ? detail(value.reason) : '';
  const text = intervalText(document.board.metric, value) || metricText(document.board.metric, value.value);
  return intervalBar(value, on, rows[0]?.value.value ?? null, xml(text));
}

function toLeader({ toLeader: beside }: LeaderboardRow, metric: string): string {
  if (!beside) return '';
  const difference = beside.difference.value === null ? '' : differenceText(metric, beside.difference.value);
  return `<span>${xml(difference)} <small>p ${xml(pText(beside.adjusted))}</small></span>`;
}

/** Entries that share a bar can't be told apart. A bar that leaves out an entry between is drawn with a gap. */
function groupsOf(row: LeaderboardRow, { groups }: Table): string {
  const bars = groups.map(({ letter, first, last }) => {
    const classes = [
      row.letters.includes(letter) ? 'in' : '',
      row.position === first ? 'first' : '',
      row.position === last ? 'last' : '',
    ].filter((name) => name !== '');
    return `<i${classes.length > 0 && row.letters.includes(letter) ? ` class="${classes.join(' ')}"` : ''}></i>`;
  });
  return `<div>${bars.join('')}<span>${xml(row.letters.join(''))}</span></div>`;
}
