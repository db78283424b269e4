import os from 'node:os';
import { CHECKS, WEB_BUILDS, type Check } from './test/checks.ts';
import { ensureChromium } from './test/chromium.ts';
import { stopCommands } from './test/command.ts';
import { FAILED, NONE, PASSED, sentence, sum, type Tally } from './test/tally.ts';
import { runVitest } from './test/vitest.ts';

/** Everything that `npm test` runs; `npm test -- unit` runs a part. */
const PARTS = ['checks', 'unit', 'integration', 'end-to-end'] as const;
type Part = (typeof PARTS)[number];
const isPart = (word: string): word is Part => (PARTS as readonly string[]).includes(word);

async function main(words: readonly string[]): Promise<Tally> {
  const chosen = words.filter(isPart);
  const parts = new Set<Part>(chosen.length > 0 ? chosen : PARTS);
  const tallies: Tally[] = [];
  const environment: Record<string, string> = {};

  if (parts.has('end-to-end')) {
    try {
      environment.CHROMIUM_PATH = await ensureChromium();
    } catch (error) {
      console.error(`✗ the end-to-end tests find a browser\n${(error as Error).message}`);
      tallies.push(FAILED);
      parts.delete('end-to-end');
    }
  }
  // These need the built page: the browser, and the type check. A failed build is told once, here.
  if (parts.has('checks') || parts.has('integration') || parts.has('end-to-end'))
    tallies.push(await runCheck(WEB_BUILDS));
  if (parts.has('checks')) tallies.push(await runChecks());
  const projects = PARTS.filter((part) => part !== 'checks' && parts.has(part));
  if (projects.length > 0) {
    const filters = words.filter((word) => !isPart(word));
    tallies.push(await runVitest(projects, filters, environment));
  }
  return sum(tallies);
}

/** Two at a time: each takes a processor and a good part of a gigabyte. */
async function runChecks(): Promise<Tally> {
  const waiting = [...CHECKS];
  const lane = async (): Promise<Tally> => {
    let tally = NONE;
    for (let check = waiting.shift(); check; check = waiting.shift()) tally = sum([tally, await runCheck(check)]);
    return tally;
  };
  return sum(await Promise.all(Array.from({ length: Math.min(2, os.availableParallelism()) }, lane)));
}

async function runCheck(check: Check): Promise<Tally> {
  const began = performance.now();
  const seconds = (): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  try {
    await check.run();
    console.log(`✓ ${check.title} (${seconds()})`);
    return PASSED;
  } catch (error) {
    console.error(`✗ ${check.title} (${seconds()})\n${(error as Error).message}\n`);
    return FAILED;
  }
}

/** Time for what cleans up behind itself, such as a Postgres of a check. */
const GRACE_MILLISECONDS = 3000;

async function stop(signal: NodeJS.Signals): Promise<void> {
  await stopCommands(signal);
  setTimeout(() => process.exit(130), GRACE_MILLISECONDS);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(signal));
// Whoever started us is gone.
process.on('disconnect', () => void stop('SIGTERM'));

const result = await main(process.argv.slice(2));
console.log(`\n${sentence(result)}`);
if (result.failed > 0 || result.passed === 0) process.exitCode = 1;
// The channel to whoever started us would keep us here.
process.channel?.unref();
