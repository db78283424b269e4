import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { freePort, until } from './stack.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** The built page in front of an API. */
export async function startWeb(
  apiUrl: string,
  environment: Record<string, string> = {},
): Promise<{ url: string; child: ChildProcess }> {
  const port = await freePort();
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
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
  await until(
    async () => {
      const answer = await fetch(url, { redirect: 'manual' }).catch(() => undefined);
      return answer && answer.status < 500 ? true : undefined;
    },
    60,
    'the page',
  );
  return { url, child };
}
