import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { ChildSpec } from './child.ts';
import type { StartConfig } from './config.ts';

const POLL_MILLISECONDS = 100;

/** The processes of the platform beside Postgres. */
export function partsOf(config: StartConfig, databaseUrl: string): Record<'api' | 'executor' | 'web', ChildSpec> {
  const shared = { DATABASE_URL: databaseUrl, SAMPLEWISE_STORAGE: path.join(config.home, 'blobs') };
  const token: Record<string, string> = config.token === undefined ? {} : { SAMPLEWISE_API_TOKEN: config.token };
  const accounts: Record<string, string> =
    config.publicUrl === undefined ? {} : { SAMPLEWISE_PUBLIC_URL: config.publicUrl };
  return {
    api: {
      name: 'api',
      args: ['apps/api/src/main.ts'],
      env: {
        ...shared,
        ...token,
        ...accounts,
        SAMPLEWISE_TRUSTED_PROXIES: config.trustedProxies,
        HOST: '127.0.0.1',
        PORT: String(config.apiPort),
      },
      ready: 'message',
      stopMilliseconds: 3000,
    },
    executor: {
      name: 'executor',
      args: ['packages/executor/src/main.ts'],
      env: shared,
      ready: 'message',
      stopMilliseconds: 3000,
    },
    web: {
      name: 'web',
      args: [
        '--import',
        pathToFileURL(path.join(import.meta.dirname, 'exit-with-parent.ts')).href,
        'node_modules/next/dist/bin/next',
        'start',
        'apps/web',
        '--hostname',
        '127.0.0.1',
        '--port',
        String(config.port),
      ],
      env: {
        ...accounts,
        // With accounts each of its readers has the rights of their own session, and the page none.
        ...(config.publicUrl === undefined ? token : { SAMPLEWISE_ACCOUNTS: 'on' }),
        SAMPLEWISE_API_URL: apiAddress(config),
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
      },
      ready: (signal) => pageAnswers(pageAddress(config), signal),
      stopMilliseconds: 1500,
    },
  };
}

export const apiAddress = (config: StartConfig): string => `http://127.0.0.1:${config.apiPort}`;
export const pageAddress = (config: StartConfig): string => `http://127.0.0.1:${config.port}`;

/** Asks for the first page until it comes: whoever opens the address then finds it there, and warm. */
async function pageAnswers(address: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const response = await fetch(address, { redirect: 'manual', signal });
      await response.body?.cancel();
      if (response.status < 500) return;
    } catch {
      // nobody listens there yet
    }
    await sleep(POLL_MILLISECONDS);
  }
}
