import type { SnapshotDocument } from '@samplewise/domain';
import { xml } from '../escape.ts';
import { datasetText, dateText, figureName, standText } from '../format.ts';
import { paretoPlot } from '../svg/pareto.ts';
import { leaderboardBibtex, valueOf, type Snapshot } from '../tables.ts';
import { rankingTable } from './rows.ts';
import { STYLE } from './style.ts';

/** Where a report is read by others. */
export interface PublishedAt {
  /** Of the report itself, `https://evaluate.example/s/….html`; its other formats stand beside it. */
  readonly address: string;
  /** A picture of it, for previews of links. */
  readonly picture: string;
  /** Whether search engines may find it. */
  readonly isFound: boolean;
}

/**
 * A page that needs nothing but itself: no script, no font, no picture from elsewhere. It may be kept as a file, sent
 * and printed.
 */
export function leaderboardHtml(snapshot: Snapshot, at?: PublishedAt): string {
  const { document } = snapshot;
  const { board } = document;
  const title = `${board.name}, ${standText(document)}`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="generator" content="Samplewise">',
    at?.isFound === true ? '' : '<meta name="robots" content="noindex">',
    `<title>${xml(title)}</title>`,
    at ? preview(document, title, at) : '',
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<main>',
    heading(snapshot),
    checks(snapshot),
    '<h2>Ranking</h2>',
    rankingTable(document),
    plots(snapshot),
    foundation(snapshot),
    document.number === 0 ? '' : citation(snapshot),
    at ? files(at, document.number > 0) : '',
    `<footer>Made by Samplewise. ${document.number === 0 ? 'The board goes on as runs finish.' : 'A snapshot never changes; its digest tells whether a copy is the same.'}</footer>`,
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** What search engines and previews of links show. */
function preview(document: SnapshotDocument, title: string, { address, picture }: PublishedAt): string {
  const [first] = document.rows;
  const leader = first ? `${first.name} leads with ${valueOf(document.board.metric, first)}. ` : '';
  const about = `${leader}${datasetText(document)}, ${document.summary.samples} samples, ${document.summary.entries} entries.`;
  const facts = {
    'og:type': 'website',
    'og:site_name': 'Samplewise',
    'og:title': title,
    'og:description': about,
    'og:url': address,
    'og:image': picture,
    'og:image:width': '1200',
    'og:image:height': '630',
    'og:image:alt': title,
  };
  return [
    `<meta name="description" content="${xml(about)}">`,
    `<link rel="canonical" href="${xml(address)}">`,
    ...Object.entries(facts).map(([name, value]) => `<meta property="${name}" content="${xml(value)}">`),
    '<meta name="twitter:card" content="summary_large_image">',
  ].join('\n');
}

function files({ address }: PublishedAt, isSnapshot: boolean): string {
  const names = { csv: 'CSV', json: 'JSON', md: 'Markdown', tex: 'LaTeX', ...(isSnapshot && { bib: 'BibTeX' }) };
  const links = Object.entries(names).map(
    ([ending, name]) => `<a href="${xml(address.replace(/html$/, ending))}">${name}</a>`,
  );
  return `<p class="files">As ${links.join(' · ')}</p>`;
}

function heading({ document }: Snapshot): string {
  const { board, dataset, summary, number, createdAt, note } = document;
  const facts: [string, string][] = [
    ['Metric', `${figureName(board.metric)}, ${board.direction === 'HIGHER' ? 'higher' : 'lower'} is better`],
    [
      'Samples',
      `${summary.samples}${board.excludeLeaks && summary.leakedSamples > 0 ? `, without ${summary.leakedSamples} leaked` : ''}`,
    ],
    ['Classes', String(dataset.labels.length)],
    [
      'Entries',
      `${summary.entries}, one per ${board.entryPer === 'RUN' ? 'run' : `model, the ${board.pick === 'BEST' ? 'best' : 'latest'} run`}`,
    ],
    [
      number === 0 ? 'As it stood' : 'Snapshot',
      number === 0 ? dateText(createdAt) : `${number}, ${dateText(createdAt)}`,
    ],
  ];
  return (
    `<header><h1>${xml(board.name)}</h1><p>${xml(datasetText(document))}</p>` +
    (board.description === '' ? '' : `<p class="note">${xml(board.description)}</p>`) +
    (note === '' ? '' : `<p class="note">${xml(note)}</p>`) +
    `${definitions(facts)}</header>`
  );
}

const definitions = (facts: readonly (readonly [string, string])[]): string =>
  `<dl class="facts">${facts.map(([name, value]) => `<div><dt>${xml(name)}</dt><dd>${xml(value)}</dd></div>`).join('')}</dl>`;

function checks({ document: { summary } }: Snapshot): string {
  if (summary.checks.length === 0) return '';
  const items = summary.checks.map(({ level, message }) =>
    level === 'WARNING' ? `<li class="warning"><b>Mind:</b> ${xml(message)}</li>` : `<li>${xml(message)}</li>`,
  );
  return `<ul class="checks">${items.join('')}</ul>`;
}

function plots({ document: { rows, board } }: Snapshot): string {
  const figures = board.costs.flatMap((cost) => {
    const points = rows.map(({ name, value, costs }) => {
      const told = costs.find((one) => one.name === cost);
      return { name, value, cost: told?.value ?? null, front: told?.front === true };
    });
    const plot = paretoPlot(points, board.metric, cost);
    return plot === undefined ? [] : [`<figure>${plot}</figure>`];
  });
  if (figures.length === 0) return '';
  return `<h2>Quality and cost</h2><p class="more">Filled entries are on the front: no other is at least as good for at most their cost.</p><div class="plots">${figures.join('')}</div>`;
}

function foundation({ document, digest }: Snapshot): string {
  const { dataset, summary, computedAt } = document;
  const facts: [string, string][] = [
    ['Dataset version, SHA-256', dataset.digest],
    ['Runs, predictions, costs and rule, SHA-256', summary.inputsDigest],
    ['Snapshot, SHA-256', digest],
    [
      'Computed',
      `${computedAt.slice(0, 16).replace('T', ' ')} UTC, code ${summary.codeVersion}, ${summary.draws} draws, seed ${summary.seed}`,
    ],
  ];
  return `<h2>What it rests on</h2><dl class="facts">${facts.map(([name, value]) => `<div><dt>${xml(name)}</dt><dd><code>${xml(value)}</code></dd></div>`).join('')}</dl>`;
}

const citation = (snapshot: Snapshot): string => `<h2>How to cite</h2><pre>${xml(leaderboardBibtex(snapshot))}</pre>`;
