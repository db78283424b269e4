import { LOG_LEVELS } from '@samplewise/domain';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { stripVTControlCharacters } from 'node:util';
import { globalId } from '../ids.ts';
import type { LogLevel } from '../logging.ts';
import { connect } from './connect.ts';
import { print } from './terminal.ts';

interface Options {
  follow: boolean;
  search?: string;
  level?: LogLevel;
  last?: number;
}

const MOST = 200;

export function addLogCommand(program: Command): void {
  program
    .command('logs')
    .description('what a run has printed')
    .argument('<run>', 'its id, such as 12')
    .option('--follow', 'wait for more, until the run has ended', false)
    .option('--search <text>', 'only lines with this in them, whatever the case')
    .addOption(new Option('--level <level>', 'only lines of this level and above').choices(LOG_LEVELS))
    .option('--last <lines>', `only the end, at most ${MOST} lines`, lineCount)
    .action(show);
}

function lineCount(text: string): number {
  const lines = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (lines >= 1 && lines <= MOST) return lines;
  throw new InvalidArgumentError(`It is a number from 1 to ${MOST}.`);
}

async function show(run: string, options: Options): Promise<void> {
  // What a run prints may hold escape sequences, which a terminal would obey.
  const safe = (text: string): string => stripVTControlCharacters(text).replaceAll(CONTROL, '');
  for await (const lines of connect().readLog(globalId('Run', run), options)) {
    for (const { text } of lines) print(safe(text));
  }
}

// eslint-disable-next-line no-control-regex -- that is what it is about
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
