import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { leaderboardLatex } from '../src/index.ts';
import { snapshot } from './support/board.ts';

const ENGINES: readonly { command: string; args: readonly string[] }[] = [
  { command: 'tectonic', args: [] },
  { command: 'pdflatex', args: ['-interaction=nonstopmode', '-halt-on-error'] },
  { command: 'xelatex', args: ['-interaction=nonstopmode', '-halt-on-error'] },
];
const engine = ENGINES.find(({ command }) => spawnSync(command, ['--version']).status === 0);

// Without an engine, leaderboard.test.ts reads it with a parser.
test.skipIf(!engine)('a table of a board is compiled by a TeX engine', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'samplewise-tex-'));
  try {
    const text = [
      '\\documentclass{article}',
      '\\usepackage[T1]{fontenc}',
      '\\usepackage{booktabs}',
      '\\begin{document}',
      leaderboardLatex(snapshot()),
      '\\end{document}',
    ].join('\n');
    writeFileSync(path.join(folder, 'board.tex'), text);
    const { command, args } = engine!;
    expect(() => execFileSync(command, [...args, 'board.tex'], { cwd: folder, stdio: 'pipe' })).not.toThrow();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
