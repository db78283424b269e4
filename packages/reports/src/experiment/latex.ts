import type { ExperimentReport } from '@samplewise/domain';
import { isPlainTex, tex } from '../escape.ts';
import type { TableBlock } from './blocks.ts';
import { sectionsOf } from './sections/index.ts';

/** The report's tables for a paper; needs the packages booktabs and graphicx, which shrinks what is too wide. */
export function experimentLatex({ document, digest }: { document: ExperimentReport; digest: string }): string {
  const tables = sectionsOf(document, digest).flatMap(({ blocks }) =>
    blocks.filter((block) => block.kind === 'table').filter(({ name }) => name !== 'runs'),
  );
  const plain = tables.every(
    ({ caption, rows }) =>
      isPlainTex(withoutSigns(caption)) && rows.flat().every(({ text }) => isPlainTex(withoutSigns(text))),
  );
  return [
    '% \\usepackage{booktabs,graphicx}',
    ...(plain ? [] : ['% Some names need \\usepackage[T1]{fontenc}, or XeLaTeX and a font that has their characters.']),
    `% Samplewise report of ${tex(document.experiment.name)}, SHA-256 ${digest}`,
    ...tables.flatMap((table) => tableLines(table, digest)),
  ].join('\n');
}

function tableLines({ name, caption, columns, rows }: TableBlock, digest: string): string[] {
  const line = (cells: readonly string[]): string => `      ${cells.join(' & ')} \\\\`;
  return [
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${prose(caption)}}`,
    `  \\label{tab:${name}-${digest.slice(0, 8)}}`,
    '  \\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%',
    `    \\begin{tabular}{${columns.map(({ text }) => (text ? 'l' : 'r')).join('')}}`,
    '      \\toprule',
    line(columns.map(({ label }) => prose(label))),
    '      \\midrule',
    ...rows.map((cells) =>
      line(
        cells.map(({ text, strong }) => {
          const shown = prose(text);
          return strong && text !== '' ? `\\textbf{${shown}}` : shown;
        }),
      ),
    ),
    '      \\bottomrule',
    '    \\end{tabular}}',
    '\\end{table}',
    '',
  ];
}

/** Our own signs, which LaTeX's first fonts lack, by its commands. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/\u2212/g, '$-$'],
  [/\u2019/g, "'"],
  [/\u00b1/g, '$\\pm$'],
  [/\u00b7/g, '$\\cdot$'],
];

const prose = (text: string): string =>
  SIGNS.reduce((shown, [sign, command]) => shown.replace(sign, command), tex(text));
const withoutSigns = (text: string): string => SIGNS.reduce((shown, [sign]) => shown.replace(sign, '-'), text);
