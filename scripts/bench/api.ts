import { migrate, openDatabase, startEmbeddedPostgres, type Database } from '@samplewise/database';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../start/config.ts';

/** Where the data lie; otherwise they are in a folder that is gone at the end. */
export interface DataPlace {
  /** As `SAMPLEWISE_HOME`: with the database and the blobs. */
  home: string;
  /** Instead of the embedded one. */
  databaseUrl?: string | undefined;
}

export interface ApiUnderTest {
  url: string;
  /** Of the data. */
  home: string;
  pid: number;
  database: Database;
  /** `data` of a GraphQL request. @throws Error with what the API says */
  ask(query: string, variables?: object): Promise<Record<string, unknown>>;
  /** An executor as a process of its own, that takes what is queued. */
  startExecutor(settings?: Record<string, string>): Promise<ChildProcess>;
  stop(): Promise<void>;
}

/**
 * The API as a process of its own, on a Postgres of its own with its usual settings.
 * @param environment over the API's usual one
 * @param log gets what the API logs, instead of the terminal
 */
export async function startApi(
  environment: Readonly<Record<string, string>> = {},
  log?: (text: string) => void,
  place?: DataPlace,
): Promise<ApiUnderTest> {
  const folder = place?.home ?? (await mkdtemp(path.join(os.tmpdir(), 'samplewise-bench-')));
  if (!place) await chmod(folder, 0o755); // As root, Postgres runs as another user, who should get in.
  const postgres =
    place?.databaseUrl === undefined
      ? await startEmbeddedPostgres(path.join(folder, 'postgres'))
      : { url: place.databaseUrl, stop: () => Promise.resolve() };
  await migrate(postgres.url);
  const start = (file: string, settings: Readonly<Record<string, string>>, output: 'pipe' | 'inherit'): ChildProcess =>
    fork(path.join(ROOT, file), {
      env: {
        PATH: process.env.PATH ?? '',
        DATABASE_URL: postgres.url,
        SAMPLEWISE_STORAGE: path.join(folder, 'blobs'),
        LOG_LEVEL: 'error',
        ...settings,
      },
      execArgv: [],
      stdio: ['ignore', output, 'inherit', 'ipc'],
    });
  const api = start('apps/api/src/main.ts', { PORT: '0', ...environment }, log ? 'pipe' : 'inherit');
  api.stdout?.on('data', (chunk: Buffer) => log?.(chunk.toString()));
  const [{ url }] = (await once(api, 'message')) as [{ url: string }];
  const executors: ChildProcess[] = [];
  const database = openDatabase(postgres.url);
  return {
    url,
    home: folder,
    pid: api.pid!,
    database,
    async ask(query, variables = {}) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await response.json()) as {
        data?: Record<string, unknown>;
        errors?: { message: string }[];
      };
      if (!data || errors) throw new Error(errors?.map((error) => error.message).join('\n') ?? 'no data');
      return data;
    },
    async startExecutor(settings = {}) {
      const executor = start('packages/executor/src/main.ts', settings, 'inherit');
      executors.push(executor);
      await once(executor, 'message');
      return executor;
    },
    async stop() {
      for (const child of [...executors, api]) await end(child);
      await database.close();
      await postgres.stop();
      if (!place) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Stops a process in order, if it has not ended. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
