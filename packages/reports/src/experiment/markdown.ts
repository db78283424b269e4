import type { ExperimentReport } from '@samplewise/domain';
import { markdown } from '../escape.ts';
import type { Block, Cell, Section, TableBlock } from './blocks.ts';
import { sectionsOf } from './sections/index.ts';

/**
 * The report for a repository or a README: everything but its pictures.
 * @param page where the platform's page is; nothing is a link without it
 */
export function experimentMarkdown(
  { document, digest }: { document: ExperimentReport; digest: string },
  { page }: { page?: string | undefined } = {},
): string {
  const { experiment, dataset } = document;
  const place = `${dataset.name} · ${dataset.version} · ${experiment.split ?? 'all samples'} · ${dataset.samples} samples`;
  return [
    `# ${markdown(experiment.name)}`,
    '',
    markdown(place),
    '',
    ...(experiment.description === '' ? [] : [markdown(experiment.description), '']),
    ...sectionsOf(document, digest).flatMap((section) => sectionLines(section, page)),
  ].join('\n');
}

const sectionLines = ({ title, blocks }: Section, page: string | undefined): string[] => [
  `## ${markdown(title)}`,
  '',
  ...blocks.flatMap((block) => blockLines(block, page)),
];

function blockLines(block: Block, page: string | undefined): string[] {
  switch (block.kind) {
    case 'text':
      return [markdown(block.text), ''];
    case 'list':
      return [...block.items.map((item) => `- ${markdown(item)}`), ''];
    case 'facts':
      return [...block.facts.map(([name, value]) => `- ${markdown(name)}: \`${value}\``), ''];
    case 'pictures':
      return [...block.pairs.map(({ caption }) => `- ${markdown(caption)}`), ''];
    case 'drawing':
      return [];
    case 'table':
      return tableLines(block, page);
  }
}

function tableLines({ caption, columns, rows }: TableBlock, page: string | undefined): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    markdown(caption),
    '',
    line(columns.map(({ label }) => markdown(label))),
    line(columns.map(({ text }) => (text ? '---' : '--:'))),
    ...rows.map((cells) => line(cells.map((one) => cellText(one, page)))),
    '',
  ];
}

function cellText({ text, path, strong }: Cell, page: string | undefined): string {
  const shown =
    path === undefined || page === undefined
      ? markdown(text)
      : `[${markdown(text)}](${page}${path.replace(/[()\s|]/g, encodeURIComponent)})`;
  return strong && text !== '' ? `**${shown}**` : shown;
}
