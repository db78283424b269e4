import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { ROOT } from '../start/config.ts';

const running = new Set<ChildProcess>();

/** A check said no; `message` is what it has to say. */
export class CheckFailed extends Error {}

/** The script behind a command of an installed package, for Node to run: the links in .bin differ between systems. */
export const packageScript = (relative: string): string => path.join(ROOT, 'node_modules', relative);

interface Options {
  env?: Readonly<Record<string, string>>;
  /** Shown as it comes, rather than kept for a failure. */
  show?: boolean;
}

/**
 * Runs a command at the root, and returns what it has printed.
 * @throws CheckFailed with all its output when it does not end with 0
 */
export async function runCommand(command: string, args: readonly string[], options: Options = {}): Promise<string> {
  const { code, output } = await runToEnd(command, args, options);
  if (code === 0) return output;
  throw new CheckFailed(output.trim() === '' ? `${command} ended with code ${code}` : output.trim());
}

export const runNode = (args: readonly string[], options: Options = {}): Promise<string> =>
  runCommand(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], options);

export function runToEnd(
  command: string,
  args: readonly string[],
  options: Options = {},
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...options.env },
      stdio: options.show === true ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Whoever stops the tests stops what they have started. Resolves when that has ended. */
export async function stopCommands(signal: NodeJS.Signals): Promise<void> {
  const ends = [...running].map((child) => new Promise((resolve) => child.once('close', resolve)));
  for (const child of running) child.kill(signal);
  await Promise.all(ends);
}
