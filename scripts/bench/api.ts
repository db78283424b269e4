import { migrate, openDatabase, startEmbeddedPostgres, type Database } from '@samplewise/database';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../start/config.ts';

export interface ApiUnderTest {
  url: string;
  database: Database;
  /** What an executor needs beside it. */
  environment: { DATABASE_URL: string; SAMPLEWISE_STORAGE: string };
  /** `data` of a GraphQL request. @throws Error with what the API says */
  ask(query: string, variables?: object): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
}

/** The API as a process of its own, on a Postgres of its own with its usual settings. */
export async function startApi(): Promise<ApiUnderTest> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-bench-'));
  await chmod(folder, 0o755); // As root, Postgres runs as another user, who should get in.
  const postgres = await startEmbeddedPostgres(path.join(folder, 'postgres'));
  await migrate(postgres.url);
  const environment = { DATABASE_URL: postgres.url, SAMPLEWISE_STORAGE: path.join(folder, 'blobs') };
  const api = fork(path.join(ROOT, 'apps/api/src/main.ts'), {
    env: {
      PATH: process.env.PATH ?? '',
      ...environment,
      PORT: '0',
      LOG_LEVEL: 'error',
    },
    execArgv: [],
  });
  const [{ url }] = (await once(api, 'message')) as [{ url: string }];
  const database = openDatabase(postgres.url);
  return {
    url,
    database,
    environment,
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
    async stop() {
      const ended = once(api, 'exit');
      api.kill('SIGTERM');
      await ended;
      await database.close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
