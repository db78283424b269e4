import type { NewLogLine } from '@samplewise/client';
import type { Chance } from './chance.ts';
import { HOSTILE_NAMES } from './hostile.ts';

const LINES = 1500;

/** What a training prints: levels, colours, a bar that is drawn again and again, and now and then something odd. */
export function trainingLog(run: number, chance: Chance): NewLogLine[] {
  const lines: NewLogLine[] = [{ text: `run ${run}: 28709 images of 7 classes`, level: 'INFO' }];
  for (let i = 1; i < LINES; i++) {
    const epoch = Math.floor(i / 25);
    const dice = chance.uniform();
    if (i % 25 === 0) {
      const loss = (1.9 * Math.exp(-epoch / 20) + 0.3).toFixed(4);
      lines.push({ text: `\u001b[1;32mepoch ${epoch}\u001b[0m loss \u001b[36m${loss}\u001b[0m`, level: 'INFO' });
    } else if (dice < 0.01) lines.push({ text: chance.of(HOSTILE_NAMES), level: 'DEBUG' });
    else if (dice < 0.02) lines.push({ text: 'the loader waits for the disk', level: 'WARN', stream: 'STDERR' });
    else if (dice < 0.022) lines.push({ text: `Traceback: ${'frame '.repeat(60)}`, level: 'ERROR', stream: 'STDERR' });
    else {
      const done = i % 25;
      lines.push({ text: `\r${'█'.repeat(done)}${'░'.repeat(24 - done)} ${done * 4} %`, stream: 'STDERR' });
    }
  }
  return lines;
}
