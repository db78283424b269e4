import { Presets, SingleBar } from 'cli-progress';
import { note } from './terminal.ts';

export interface Progress {
  /** @param total undefined while it is not known */
  update(done: number, total: number | undefined): void;
  end(): void;
}

const LINE_MILLISECONDS = 5_000;

/** A bar on a terminal; elsewhere, as in the log of a build, a line now and then. */
export function showProgress(what: string, unit: 'MB' | 'samples'): Progress {
  return process.stderr.isTTY ? bar(what, unit) : lines(what, unit);
}

function bar(what: string, unit: string): Progress {
  const shown = new SingleBar(
    { format: `${what} {bar} {percentage}% | {value}/{total} ${unit} | {eta_formatted}`, stream: process.stderr },
    Presets.shades_classic,
  );
  let started = false;
  return {
    update(done, total = 0) {
      if (total === 0) return;
      if (!started) shown.start(round(total), 0);
      started = true;
      shown.setTotal(round(Math.max(total, done)));
      shown.update(round(done));
    },
    end() {
      if (started) shown.stop();
    },
  };
}

function lines(what: string, unit: string): Progress {
  let last = performance.now();
  return {
    update(done, total) {
      if (performance.now() - last < LINE_MILLISECONDS) return;
      last = performance.now();
      note(`${what}: ${round(done)}${total === undefined ? '' : ` of ${round(total)}`} ${unit}`);
    },
    end: () => undefined,
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
