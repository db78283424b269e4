import type { LeaderboardRow } from '@samplewise/domain';
import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import { latexParser, bibtexParser } from 'latex-utensils';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  atomFeed,
  criticalDifferenceDiagram,
  leaderboardBadge,
  leaderboardBibtex,
  leaderboardCsv,
  leaderboardHtml,
  leaderboardLatex,
  leaderboardMarkdown,
  leaderboardSvg,
  type Snapshot,
} from '../src/index.ts';
import { snapshot } from './support/board.ts';

/** Everything that somebody has typed is this. */
function named(text: string): Snapshot {
  const { document } = snapshot();
  const rows = document.rows.map((row): LeaderboardRow => ({ ...row, name: text, neverPredicts: [text] }));
  return snapshot({
    note: text,
    board: { ...document.board, name: text, description: text, project: { team: text, slug: 'p', name: text } },
    dataset: { ...document.dataset, name: text, version: text },
    summary: { ...document.summary, checks: [{ code: 'MISSING_CLASSES', level: 'WARNING', message: text, count: 1 }] },
    rows,
  });
}

/** Names that are likely to break something, and any others. */
const text = fc.oneof(
  fc.stringMatching(/^[\\{}#$%&_^~<>|"[\]\-'`=@*!?()/ a.,\n]{1,30}$/),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '</style><script>',
    ']]>',
    '--',
    '\\end{tabular}\\input{/etc/passwd}',
    '\\write18{rm}',
    '%',
    '=HYPERLINK("http://example.org")',
    '| [a](javascript:alert(1)) |',
    '}, author = {x',
    '\ud800',
    '\u202eabc',
  ),
);
const PLAIN = 'Plain';

/** The elements of a page or picture, with what is not typed. */
const elements = (markup: string): string[] =>
  [...markup.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'));

describe('whatever things are called', () => {
  test.each([
    ['page', leaderboardHtml],
    ['picture', leaderboardSvg],
    ['badge', leaderboardBadge],
  ])('a %s has the same elements, and no script', (_name, render) => {
    const expected = elements(render(named(PLAIN)));
    fc.assert(
      fc.property(text, (name) => {
        const markup = render(named(name));
        expect(elements(markup)).toEqual(expected);
        expect(markup).not.toMatch(/<script|javascript:alert\(1\)"|\son\w+="/i);
        expect(markup.isWellFormed()).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('a CSV has a field for each column, and no formula', () => {
    fc.assert(
      fc.property(text, (name) => {
        const [head, ...rows] = parseCsv(leaderboardCsv(named(name)));
        const at = head!.indexOf('name');
        expect(rows).toHaveLength(9);
        for (const row of rows) {
          expect(row).toHaveLength(head!.length);
          expect(row[at]).not.toMatch(/^[=+\-@]/);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('a Markdown table has its cells, and neither links nor elements', () => {
    const cells = (markdown: string): number[] => markdown.split('\n').map((line) => line.split(/(?<!\\)\|/).length);
    const expected = cells(leaderboardMarkdown(named(PLAIN)));
    fc.assert(
      fc.property(text, (name) => {
        const markdown = leaderboardMarkdown(named(name));
        expect(cells(markdown)).toEqual(expected);
        expect(markdown).not.toMatch(/<[a-z]|(?<!\\)\[|https?:/i);
      }),
      { numRuns: 60 },
    );
  });

  test('LaTeX has one table of all rows and cells, and no command of theirs', () => {
    const expected = structureOf(leaderboardLatex(named(PLAIN)));
    expect(expected.environments).toEqual(['table', 'tabular']);
    fc.assert(
      fc.property(text, (name) => {
        const { environments, lines, cells, commands } = structureOf(leaderboardLatex(named(name)));
        expect([environments, lines, cells]).toEqual([expected.environments, expected.lines, expected.cells]);
        for (const command of commands) expect([...expected.commands, ...HARMLESS]).toContain(command);
      }),
      { numRuns: 60 },
    );
  });

  test('BibTeX is one entry with its fields', () => {
    fc.assert(
      fc.property(text, (name) => {
        const { content } = bibtexParser.parse(leaderboardBibtex(named(name)));
        const entries = content.filter(bibtexParser.isEntry);
        expect(entries.map((entry) => entry.content.map((field) => field.name))).toEqual([
          ['title', 'author', 'year', 'month', 'howpublished', 'note'],
        ]);
      }),
      { numRuns: 60 },
    );
  });

  test('a feed has the same elements', () => {
    const feed = (name: string) =>
      atomFeed({
        id: 'leaderboard/1',
        name,
        description: `${name}.`,
        createdAt: new Date(0),
        entries: [{ id: 'snapshot/1', title: name, summary: name, updated: new Date(1000) }],
      });
    const expected = elements(feed(PLAIN));
    fc.assert(
      fc.property(text, (name) => {
        expect(elements(feed(name))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
    expect(feed(PLAIN)).toContain('<updated>1970-01-01T00:00:01.000Z</updated>');
  });
});

/** What characters become. */
const HARMLESS = [
  'textbackslash', 'textbraceleft', 'textbraceright', 'textasciicircum', 'textasciitilde', 'textless', 'textgreater',
  'textbar', 'textasciigrave', 'char', 'char34', '#', '$', '%', '&', '_',
]; // prettier-ignore

/** Of a document of LaTeX, by a parser. */
function structureOf(latex: string) {
  const environments: string[] = [];
  const commands = new Set<string>();
  let [lines, cells] = [0, 0];
  const walk = (nodes: latexParser.Node[]): void => {
    for (const node of nodes) {
      if (latexParser.isEnvironment(node)) environments.push(node.name);
      if (latexParser.isAlignmentTab(node)) cells++;
      if (latexParser.isCommand(node)) {
        if (node.name === '\\') lines++;
        else commands.add(node.name);
      }
      if ('content' in node && Array.isArray(node.content)) walk(node.content);
      if ('args' in node) walk(node.args);
      if ('arg' in node && node.arg) walk([node.arg]);
    }
  };
  const parsed = latexParser.parse(latex);
  if (!('content' in parsed)) throw new Error('it is no document');
  walk(parsed.content);
  return { environments, commands: [...commands], lines, cells };
}

const engine = ['tectonic', 'pdflatex', 'lualatex', 'xelatex'].find((name) => {
  try {
    execFileSync(name, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});

describe.skipIf(engine === undefined)('with a TeX engine (there is none: install texlive-latex-recommended)', () => {
  test.each([
    ['names of models', 'EfficientNet-B0 · GFPGAN'],
    ['every special character', "\\{}#$%&_^~<>|\"[]-'`--''?`!`@*é"],
    ['what would be a command', '\\end{tabular}\\undefined'],
    ['what begins a row with a bracket', '[2em] *'],
  ])('the table compiles with %s', (_what, name) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'samplewise-tex-'));
    try {
      const document = [
        '\\documentclass{article}',
        '\\usepackage{booktabs}',
        '\\begin{document}',
        leaderboardLatex(named(name)),
        '\\end{document}',
      ];
      writeFileSync(path.join(folder, 'table.tex'), document.join('\n'));
      const options =
        engine === 'tectonic' ? ['table.tex'] : ['-interaction=nonstopmode', '-halt-on-error', 'table.tex'];
      execFileSync(engine!, options, { cwd: folder, stdio: 'pipe' });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('a report', () => {
  test('needs nothing from elsewhere', () => {
    const page = leaderboardHtml(snapshot());
    expect(page).not.toMatch(/\b(?:src|href|url)\s*[=(]|@import|https?:/);
    for (const digest of ['d', 'e', 'f']) expect(page).toContain(digest.repeat(64));
    expect(page).toContain('@misc{samplewise-ffffffffffff');
  });

  test('shows what is unusual about entries, and no certainty that there is none of', () => {
    const page = leaderboardHtml(snapshot());
    for (const remark of [
      '3 runs',
      'never predicts disgust',
      '95.1 % of samples predicted',
      'rank 5 without leaked samples',
      '&lt; 1\u00a0%',
    ]) {
      expect(page).toContain(remark);
    }
    expect(page).not.toContain('p 0.000');
  });

  test('of a metric without samples claims nothing, and of no entries is a page still', () => {
    const { document } = snapshot();
    const summary = { ...document.summary, test: null, grouped: false, checks: [] };
    const rows = document.rows.map((row): LeaderboardRow => ({
      ...row,
      ranks: null,
      first: null,
      toLeader: null,
      letters: [],
      value: { value: null, reason: 'the run has logged no number as loss' },
      costs: [],
    }));
    const board = { ...document.board, metric: 'logged:loss', costs: [] };
    for (const some of [rows, []]) {
      const of = snapshot({ summary, board, rows: some });
      const page = leaderboardHtml(of);
      expect(page).toContain('nothing tells how sure the ranks are');
      expect(page).not.toMatch(/NaN|Infinity|undefined\b(?! *<)/);
      for (const render of [leaderboardSvg, leaderboardBadge, leaderboardLatex, leaderboardMarkdown, leaderboardCsv]) {
        expect(render(of)).not.toMatch(/NaN|Infinity/);
      }
    }
  });

  test('of very many entries is short where people read, and whole where programs do', () => {
    const { document } = snapshot();
    const rows = Array.from({ length: 5000 }, (_, position): LeaderboardRow => ({ ...document.rows[0]!, position }));
    const many = snapshot({ rows });
    expect(leaderboardHtml(many)).toContain('4800 more entries are in the CSV and the JSON.');
    expect(leaderboardSvg(many).length).toBeLessThan(20_000);
    expect(parseCsv(leaderboardCsv(many)).length).toBe(5001);
  });

  test('has a diagram of critical differences, whatever the models are called', () => {
    const diagram = criticalDifferenceDiagram({
      criticalDifference: 1.2,
      models: ['<b>', 'x'.repeat(200), 'c'].map((name, i) => ({ name, averageRank: i + 1 })),
      bars: [{ first: 0, last: 1 }],
    });
    expect(diagram).toContain('&lt;b&gt;');
    expect(diagram.match(/class="joined"/g)).toHaveLength(1);
    expect(diagram).not.toMatch(/NaN/);
  });
});
