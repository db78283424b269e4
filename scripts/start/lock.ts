import { execFileSync } from 'node:child_process';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { StartProblem } from './problem.ts';

const owner = z.object({
  pid: z.number().int().positive(),
  /** When that process began, in the system's own words: process ids are used again, above all after a reboot. */
  began: z.string(),
  address: z.string(),
});
type Owner = z.infer<typeof owner>;

/**
 * Makes sure that one supervisor at a time uses the folder. A lock whose owner is dead is taken over at once, which a
 * lock that is kept alive by a timestamp would not allow.
 * @param address of the page, for the message that the next one gets
 * @returns releases the lock
 * @throws StartProblem when a living supervisor holds it
 */
export function takeLock(home: string, address: string): () => void {
  const file = path.join(home, 'start.lock');
  const mine = JSON.stringify({ pid: process.pid, began: beginningOf(process.pid) ?? '', address } satisfies Owner);
  for (;;) {
    try {
      writeFileSync(file, mine, { flag: 'wx' });
      return () => {
        if (read(file) === mine) rmSync(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const text = read(file);
    if (text === undefined) continue;
    const holder = parse(text);
    if (holder && isAlive(holder)) {
      throw new StartProblem(
        `Samplewise already runs from this folder, as process ${holder.pid}: ${holder.address}`,
        `Open that address, or stop it first (Ctrl-C where it runs, or: kill ${holder.pid}). For a second one beside it,\n` +
          'set SAMPLEWISE_HOME, PORT and SAMPLEWISE_API_PORT to others.',
      );
    }
    removeStale(file, text);
  }
}

/** Another starter may have put its own lock there since we read; that one is given back. */
function removeStale(file: string, stale: string): void {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return; // another starter was quicker
    throw error;
  }
  if (read(aside) !== stale) linkSync(aside, file);
  rmSync(aside);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** undefined: half written by a process that died, or no lock of ours */
function parse(text: string): Owner | undefined {
  try {
    return owner.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function isAlive({ pid, began }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const since = beginningOf(pid);
  return since === undefined || began === '' || since === began;
}

/** undefined: the system doesn't tell; then a process of that id counts as the owner */
function beginningOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // Field 22, counted behind the name, which may hold spaces; ticks since boot, so the boot belongs to it.
      const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
      return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${ticks ?? ''}`;
    }
    if (process.platform === 'win32') return undefined;
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}
