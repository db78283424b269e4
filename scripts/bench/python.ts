import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../start/config.ts';
import { runCommand } from '../test/command.ts';

/**
 * A Python that has what a requirements file names: that of the variable PYTHON, else one of our own below
 * .samplewise/bench, made on first use.
 * @throws Error with the mend when there is no Python, or its packages can't be had
 */
export async function pythonWith(requirements: string): Promise<string> {
  if (process.env.PYTHON !== undefined) return process.env.PYTHON;
  const name = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = path.join(ROOT, '.samplewise/bench', `python-${name}`);
  const python = path.join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  if (existsSync(path.join(folder, 'complete'))) return python;
  console.log(`  Installing ${path.relative(ROOT, requirements)} for the comparison …`);
  mkdirSync(path.dirname(folder), { recursive: true });
  try {
    await runCommand('python3', ['-m', 'venv', '--clear', folder]);
    await runCommand(python, ['-m', 'pip', 'install', '--quiet', '-r', requirements]);
    await runCommand(python, ['-c', `open(${JSON.stringify(path.join(folder, 'complete'))}, 'w')`]);
  } catch (error) {
    throw new Error(
      `There is no Python with ${path.relative(ROOT, requirements)}: ${(error as Error).message.split('\n')[0]!}\n` +
        'Install Python 3.11 or newer with its venv module, or set PYTHON to one that has these packages.',
      { cause: error },
    );
  }
  return python;
}
