import { SamplewiseClient } from '@samplewise/client';
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { TEMPLATE } from './postgres.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

export interface Stack {
  databaseUrl: string;
  storage: string;
  apiUrl: string;
  apiPid: number;
  client: SamplewiseClient;
  /** A pool on the stack's own database, for looking at what is really stored. */
  pool: pg.Pool;
  startExecutor(environment?: Record<string, string>): Promise<ChildProcess>;
  /** Another API process on the same database. @returns its address */
  startApi(environment?: Record<string, string>): Promise<string>;
  stop(): Promise<void>;
}

/**
 * A database of its own, the API as a process, and executors as processes when they are asked for.
 * @param given the API's environment; it may depend on the database's address
 * @param own a migrated database to use instead
 */
export async function startStack(
  given: Record<string, string> | ((databaseUrl: string) => Promise<Record<string, string>>) = {},
  own?: string,
): Promise<Stack> {
  const databaseUrl = own ?? (await createDatabase());
  const environment = typeof given === 'function' ? await given(databaseUrl) : given;
  const storage = await mkdtemp(path.join(os.tmpdir(), 'samplewise-blobs-'));
  const port = Number(environment.PORT ?? (await freePort()));
  const children: ChildProcess[] = [];
  const start = async (file: string, more: Record<string, string>): Promise<ChildProcess> => {
    const child = await startProcess(file, {
      DATABASE_URL: databaseUrl,
      SAMPLEWISE_STORAGE: storage,
      LOG_LEVEL: 'fatal',
      ...more,
    });
    children.push(child);
    return child;
  };
  const api = await start('apps/api/src/main.ts', { PORT: String(port), ...environment });
  const apiUrl = `http://127.0.0.1:${port}`;
  const token = environment.SAMPLEWISE_API_TOKEN;
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  pool.on('error', () => undefined); // A server that is restarted ends idle connections; the next use makes a new one.
  return {
    databaseUrl,
    storage,
    apiUrl,
    apiPid: api.pid!,
    pool,
    client: new SamplewiseClient({ url: apiUrl, ...(token === undefined ? {} : { token }) }),
    startExecutor: (more = {}) => start('packages/executor/src/main.ts', more),
    async startApi(more = {}) {
      const other = await freePort();
      await start('apps/api/src/main.ts', { ...environment, PORT: String(other), ...more });
      return `http://127.0.0.1:${other}`;
    },
    async stop() {
      await Promise.all(children.map((child) => end(child)));
      await pool.end();
      await rm(storage, { recursive: true, force: true });
    },
  };
}

/** Resolves when the process says that it is ready. */
function startProcess(file: string, env: Record<string, string>): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(ROOT, file), {
      env: { PATH: process.env.PATH ?? '', ...env },
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.once('message', () => resolve(child));
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it was ready`)));
  });
}

export function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

/** @param template a database that nobody is connected to */
export async function createDatabase(template = TEMPLATE): Promise<string> {
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  const admin = new pg.Client({ connectionString: inject('postgresUrl') });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  await admin.end();
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return url.href;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Asks until the answer is there. */
export async function until<T>(ask: () => Promise<T | undefined>, seconds: number, what: string): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`${what} did not happen within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
