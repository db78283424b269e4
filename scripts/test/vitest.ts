import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { packageScript, runToEnd } from './command.ts';
import { NONE, type Tally } from './tally.ts';

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

/**
 * Runs vitest's projects, its own report on the terminal.
 * @param filters parts of file names, as vitest takes them
 */
export async function runVitest(
  projects: readonly string[],
  filters: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Tally> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-report-'));
  const file = path.join(folder, 'report.json');
  const { code } = await runToEnd(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      packageScript('vitest/vitest.mjs'),
      'run',
      ...projects.map((project) => `--project=${project}`),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...filters,
    ],
    { env, show: true },
  );
  try {
    return count(JSON.parse(await readFile(file, 'utf8')), code);
  } catch (error) {
    console.error(`vitest ended with code ${code} and left no report that can be read: ${(error as Error).message}`);
    return { ...NONE, failed: 1 };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function count(json: unknown, code: number): Tally {
  const result = report.parse(json);
  // A file that can't even be loaded fails without a failed test.
  const broken = result.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = result.numFailedTests + broken;
  return {
    passed: result.numPassedTests,
    // An error outside of every test, such as in a global set-up, shows only in the exit code.
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}
