import { execFile } from 'node:child_process';
import path from 'node:path';
import type { Stack } from './stack.ts';

const MAIN = path.resolve(import.meta.dirname, '../../packages/client/src/cli/main.ts');

/** Runs the `samplewise` command as people do. @param more of its environment */
export function samplewise(
  { apiUrl }: Pick<Stack, 'apiUrl'>,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; out: string; err: string }> {
  const env = { ...process.env, SAMPLEWISE_URL: apiUrl, ...more };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN, ...args], { env }, (_error, out, err) =>
      resolve({ code: child.exitCode, out, err }),
    );
  });
}
