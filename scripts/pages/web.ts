import getPort from 'get-port';
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../start/config.ts';

export interface Web {
  url: string;
  child: ChildProcess;
}

const START_SECONDS = 60;

/** The built page in front of an API. @throws Error when it does not answer in time */
export async function startWeb(apiUrl: string, environment: Readonly<Record<string, string>> = {}): Promise<Web> {
  const port = await getPort();
  const next = path.join(ROOT, 'node_modules/next/dist/bin/next');
  const child = spawn(
    process.execPath,
    [next, 'start', path.join(ROOT, 'apps/web'), '-p', String(port), '-H', '127.0.0.1'],
    {
      env: {
        PATH: process.env.PATH ?? '',
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        SAMPLEWISE_API_URL: apiUrl,
        ...environment,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + START_SECONDS * 1000;
  for (;;) {
    const answer = await fetch(url, { redirect: 'manual' }).catch(() => undefined); // nobody listens there yet
    if (answer && answer.status < 500) return { url, child };
    if (Date.now() > deadline) throw new Error(`The page did not answer within ${START_SECONDS} s.`);
    await sleep(100);
  }
}
