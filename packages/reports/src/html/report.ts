import { xml } from '../escape.ts';
import { datasetText, dateText, figureName } from '../format.ts';
import { paretoPlot } from '../svg/pareto.ts';
import { leaderboardBibtex, type Snapshot } from '../tables.ts';
import { rankingTable } from './rows.ts';
import { STYLE } from './style.ts';

/**
 * A page that needs nothing but itself: no script, no font, no picture from elsewhere. It may be kept as a file, sent
 * and printed.
 */
export function leaderboardHtml(snapshot: Snapshot): string {
  const { document } = snapshot;
  const { board } = document;
  const title = `${board.name}, snapshot ${document.number}`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="generator" content="Samplewise">',
    '<meta name="robots" content="noindex">',
    `<title>${xml(title)}</title>`,
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
    citation(snapshot),
    '<footer>Made by Samplewise. A snapshot never changes; its digest tells whether a copy is the same.</footer>',
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
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
    ['Snapshot', `${number}, ${dateText(createdAt)}`],
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
