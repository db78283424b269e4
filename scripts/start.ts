import { EmbeddedPostgresError } from '@samplewise/database';
import { mkdirSync } from 'node:fs';
import { checkDisk, checkPorts } from './start/checks.ts';
import { readConfig, type StartConfig } from './start/config.ts';
import { takeLock } from './start/lock.ts';
import { apiAddress, pageAddress } from './start/parts.ts';
import { StartProblem } from './start/problem.ts';
import { Stack } from './start/stack.ts';

/** Exit codes of a process that a signal has ended, by the shells' convention. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
/** The promise of a clean stop. Behind it something hangs, and the next start mends what is left. */
const STOP_MILLISECONDS = 10_000;

async function main(config: StartConfig): Promise<void> {
  const began = performance.now();
  mkdirSync(config.home, { recursive: true });
  const release = takeLock(config.home, pageAddress(config));
  process.on('exit', release);
  await checkDisk(config.home);
  await checkPorts(config);

  let asked = 0;
  const stack = new Stack(
    config,
    (line) => console.log(line),
    (why) => stop(1, why),
  );
  const stop = (code: number, why: string): void => {
    asked++;
    if (asked === 1) {
      console.log(why);
      setTimeout(() => {
        console.error(`Stopping took longer than ${STOP_MILLISECONDS / 1000} s; what still ran is killed.`);
        stack.kill();
        process.exit(code);
      }, STOP_MILLISECONDS).unref();
      stack.stop().then(
        () => process.exit(code),
        (error: unknown) => {
          console.error('Not everything stopped in order:', error);
          process.exit(1);
        },
      );
    } else if (asked === 2) {
      console.log('Killing what still runs …');
      stack.kill();
    } else process.exit(code);
  };
  for (const [signal, code] of Object.entries(SIGNALS)) process.on(signal, () => stop(code, '\nStopping …'));
  // The bootstrap, or the test that started us, was killed.
  process.on('disconnect', () => stop(SIGNALS.SIGHUP, 'Whoever started this is gone. Stopping …'));

  try {
    await stack.start();
  } catch (error) {
    if (asked > 0) return;
    stop(1, explain(error));
    return;
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `\nSamplewise is ready after ${seconds} s:  ${pageAddress(config)}\n\n` +
      `  API   ${apiAddress(config)}/graphql\n` +
      `  Data  ${config.home}\n` +
      (config.databaseUrl === undefined ? '' : `        and the Postgres of DATABASE_URL\n`) +
      '\nCtrl-C stops it.',
  );
  process.send?.({ ready: true, url: pageAddress(config), apiUrl: apiAddress(config) });
}

function explain(error: unknown): string {
  if (error instanceof StartProblem || error instanceof EmbeddedPostgresError) return `\n${error.message}\n`;
  return `\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;
}

try {
  await main(readConfig());
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}
