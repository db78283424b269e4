import type { ExperimentReport } from '@samplewise/domain';
import { xml } from '../escape.ts';
import { STYLE } from '../html/style.ts';
import type { Block, Cell, Section, TableBlock } from './blocks.ts';
import { sectionsOf } from './sections/index.ts';
import { REPORT_STYLE } from './style.ts';

export interface HtmlOptions {
  /** Where the platform's page is, such as `https://evaluate.example`; empty within it. Nothing is a link without it. */
  page?: string | undefined;
  /** Pictures as `data:` addresses by their digests, so that the file needs nothing else. */
  pictures?: ReadonlyMap<string, string>;
}

/**
 * A page that needs nothing but itself: no script, no font, no picture from elsewhere. It may be kept as a file, sent
 * and printed; its figures lead to the runs and samples behind them where the platform can be reached.
 */
export function experimentHtml(
  { document, digest }: { document: ExperimentReport; digest: string },
  { page, pictures = new Map() }: HtmlOptions = {},
): string {
  const { experiment, dataset } = document;
  const write: Writer = { page, pictures };
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="generator" content="Samplewise">',
    '<meta name="robots" content="noindex">',
    `<title>${xml(experiment.name)}</title>`,
    `<style>${STYLE}${REPORT_STYLE}</style>`,
    '</head>',
    '<body>',
    '<main class="report">',
    `<header><h1>${xml(experiment.name)}</h1>`,
    `<p>${link(`${dataset.name} · ${dataset.version} · ${experiment.split ?? 'all samples'}`, `/datasets/${dataset.id}`, write)} · ${dataset.samples} samples · ${dataset.labels.length} classes</p>`,
    experiment.description === '' ? '' : `<p class="note">${xml(experiment.description)}</p>`,
    '</header>',
    ...sectionsOf(document, digest).map((section) => sectionHtml(section, write)),
    '<footer>Made by Samplewise from stored predictions.</footer>',
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

interface Writer {
  page: string | undefined;
  pictures: ReadonlyMap<string, string>;
}

const sectionHtml = ({ title, blocks }: Section, write: Writer): string =>
  `<section><h2>${xml(title)}</h2>${blocks.map((block) => blockHtml(block, write)).join('\n')}</section>`;

function blockHtml(block: Block, write: Writer): string {
  switch (block.kind) {
    case 'text':
      return `<p>${xml(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${xml(item)}</li>`).join('')}</ul>`;
    case 'facts':
      return `<dl class="facts">${block.facts.map(([name, value]) => `<div><dt>${xml(name)}</dt><dd><code>${xml(value)}</code></dd></div>`).join('')}</dl>`;
    case 'drawing':
      return `<figure class="drawing">${block.svg}<figcaption>${xml(block.caption)}</figcaption></figure>`;
    case 'pictures':
      return `<ul class="pictures">${block.pairs.map(({ digests, caption, path }) => `<li><div>${digests.map((digest) => picture(digest, write)).join('')}</div><small>${link(caption, path, write)}</small></li>`).join('')}</ul>`;
    case 'table':
      return tableHtml(block, write);
  }
}

function picture(digest: string, { pictures }: Writer): string {
  const source = pictures.get(digest);
  return source === undefined ? '' : `<img src="${xml(source)}" alt="" width="96" height="96">`;
}

function tableHtml({ caption, columns, rows, folded = false }: TableBlock, write: Writer): string {
  // The corner of a matrix names nothing.
  const head = columns.map(({ label, text }) =>
    label === '' ? '<td></td>' : `<th scope="col"${text ? ' class="text"' : ''}>${xml(label)}</th>`,
  );
  const body = rows.map(
    (cells) => `<tr>${cells.map((one, i) => cellHtml(one, columns[i]!, i === 0, write)).join('')}</tr>`,
  );
  const table = `<div class="wide" tabindex="0" role="group" aria-label="${xml(caption)}"><table><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
  return folded
    ? `<details><summary>${xml(caption)}</summary>${table}</details>`
    : `<p class="caption">${xml(caption)}</p>${table}`;
}

function cellHtml(one: Cell, column: TableBlock['columns'][number], first: boolean, write: Writer): string {
  const inner = one.path === undefined ? xml(one.text) : link(one.text, one.path, write);
  const shown = one.strong ? `<b>${inner}</b>` : inner;
  const classes = [column.text ? 'text' : '', one.depth === undefined ? '' : 'depth'].filter((name) => name !== '');
  const attributes =
    (classes.length === 0 ? '' : ` class="${classes.join(' ')}"`) +
    (one.depth === undefined ? '' : ` style="--depth:${one.depth.toFixed(3)}"`);
  return first ? `<th scope="row"${attributes}>${shown}</th>` : `<td${attributes}>${shown}</td>`;
}

const link = (text: string, path: string, { page }: Writer): string =>
  page === undefined ? xml(text) : `<a href="${xml(`${page}${path}`)}">${xml(text)}</a>`;
