import getPort from 'get-port';
import { execFile, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const STARTED_MILLISECONDS = 110_000;

let home: string;
let ports: { PORT: string; SAMPLEWISE_API_PORT: string };
const started: Start[] = [];

/** One `scripts/start.ts`, as the bootstrap starts it. */
class Start {
  readonly process: ChildProcess;
  output = '';

  constructor(env: Readonly<Record<string, string>> = {}) {
    this.process = fork(path.join(ROOT, 'scripts/start.ts'), {
      cwd: ROOT,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, SAMPLEWISE_HOME: home, ...ports, ...env },
      silent: true,
    });
    for (const stream of [this.process.stdout!, this.process.stderr!]) {
      stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
    started.push(this);
  }

  async ready(): Promise<{ url: string; apiUrl: string }> {
    const ended = once(this.process, 'close').then(() => {
      throw new Error(`it ended instead of starting:\n${this.output}`);
    });
    const [message] = (await Promise.race([once(this.process, 'message'), ended])) as [{ url: string; apiUrl: string }];
    return message;
  }

  /** Where its Postgres keeps its data: as root, in a checkout that other users can't reach, not below `home`. */
  get cluster(): string | undefined {
    return /its data in (.+)/.exec(this.output)?.[1];
  }

  /** The embedded server's process, which is nobody's child. */
  postmaster(): number {
    return Number(readFileSync(path.join(this.cluster!, 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  async exitCode(): Promise<number | null> {
    if (this.process.exitCode !== null) return this.process.exitCode;
    const [code] = (await once(this.process, 'close')) as [number | null];
    return code;
  }
}

beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'samplewise-start-'));
  await chmod(home, 0o755); // As root, Postgres runs as another user, who should get in.
  ports = { PORT: String(await getPort()), SAMPLEWISE_API_PORT: String(await getPort()) };
});

afterEach(async () => {
  for (const start of started.splice(0)) {
    const child = start.process;
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'close');
    }
    if (start.cluster) await rm(path.dirname(start.cluster), { recursive: true, force: true });
  }
  await rm(home, { recursive: true, force: true });
});

describe('an unsupported Node', () => {
  test('is told in a sentence with its version and the mend', async () => {
    const preload = path.join(home, 'old.cjs');
    await writeFile(preload, `Object.defineProperty(process.versions, 'node', { value: '18.12.0' });`);
    const { code, stderr } = await run(['-r', preload, 'scripts/bootstrap.cjs', 'start']);
    expect(code).toBe(1);
    expect(stderr).toContain('Samplewise needs Node 20.19 or newer, and this is Node 18.12.0');
    expect(stderr).toContain('https://nodejs.org');
    expect(stderr).not.toContain('    at ');
  });
});

describe('npm start', () => {
  test('names a port that is in use, and the way to another', async () => {
    const holder = createServer().listen(Number(ports.PORT), '127.0.0.1');
    await once(holder, 'listening');
    try {
      const start = new Start();
      expect(await start.exitCode()).toBe(1);
      expect(start.output).toContain(`Port ${ports.PORT}, which the page needs, is in use`);
      expect(start.output).toContain(`PORT=${Number(ports.PORT) + 1} npm start`);
      expect(start.output).not.toContain('    at ');
      expect(existsSync(path.join(home, 'start.lock'))).toBe(false);
    } finally {
      holder.close();
    }
  });

  test('names a variable that is wrong', async () => {
    const start = new Start({ PORT: 'http' });
    expect(await start.exitCode()).toBe(1);
    expect(start.output).toContain('PORT must be a number');
  });

  test.each([
    ['of a process that is gone', JSON.stringify({ pid: 4_194_304, began: '', address: 'http://127.0.0.1:1' })],
    ['whose process id another process has now', JSON.stringify({ pid: 1, began: 'another boot', address: '' })],
    ['that was written half', '{"pid":'],
  ])('takes over a lock %s', async (_what, lock) => {
    await writeFile(path.join(home, 'start.lock'), lock);
    // The database does not answer: what matters is that the lock did not stop it.
    const start = new Start({ DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nothing' });
    expect(await start.exitCode()).toBe(1);
    expect(start.output).toContain('ECONNREFUSED');
    expect(start.output).not.toContain('already runs');
  });
});

describe.skipIf(process.platform !== 'linux')('a running platform', () => {
  test(
    'refuses a second start, survives the kill of any part and of the whole, and stops in order',
    { timeout: 3 * STARTED_MILLISECONDS },
    async () => {
      const first = new Start();
      const { url, apiUrl } = await first.ready();
      expect((await fetch(url)).status).toBe(200);
      expect(first.output).toContain(url);

      const second = new Start(await otherPorts());
      expect(await second.exitCode()).toBe(1);
      expect(second.output).toContain(`as process ${first.process.pid!}: ${url}`);

      const parts = childrenOf(first.process.pid!);
      expect(parts.size).toBeGreaterThanOrEqual(3);
      const api = [...parts].find(([, command]) => command.includes('apps/api/src/main.ts'))![0];
      process.kill(api, 'SIGKILL');
      await eventually(async () => (await fetch(`${apiUrl}/health`)).ok);
      const postgres = first.postmaster();
      process.kill(postgres, 'SIGKILL');
      await eventually(async () => first.postmaster() !== postgres && (await fetch(`${apiUrl}/health`)).ok);
      const before = await experiments(apiUrl);
      expect(before.length).toBeGreaterThan(0);

      const left = [...childrenOf(first.process.pid!).keys()];
      first.process.kill('SIGKILL');
      await eventually(() => left.every((pid) => !isAlive(pid)));
      const adopted = first.postmaster();
      expect(isAlive(adopted)).toBe(true);

      const again = new Start();
      await again.ready();
      expect(again.postmaster()).toBe(adopted);
      expect(await experiments(apiUrl)).toEqual(before);

      const running = [...childrenOf(again.process.pid!).keys()];
      const asked = performance.now();
      again.process.kill('SIGINT');
      expect(await again.exitCode()).toBe(130);
      expect(performance.now() - asked).toBeLessThan(10_000);
      expect([...running, adopted].filter(isAlive)).toEqual([]);
      expect(existsSync(path.join(home, 'start.lock'))).toBe(false);
    },
  );

  test('uses the Postgres of DATABASE_URL, and starts none', { timeout: STARTED_MILLISECONDS }, async () => {
    const url = new URL(inject('postgresUrl'));
    const name = `start_${process.pid}`;
    const admin = new pg.Client({ connectionString: url.href });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${name}`);
    url.pathname = `/${name}`;
    try {
      const start = new Start({ DATABASE_URL: url.href });
      const { apiUrl } = await start.ready();
      expect((await experiments(apiUrl)).length).toBeGreaterThan(0);
      expect(existsSync(path.join(home, 'postgres'))).toBe(false);
      start.process.kill('SIGTERM');
      expect(await start.exitCode()).toBe(143);
    } finally {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    }
  });
});

function run(args: readonly string[]): Promise<{ code: number; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { cwd: ROOT }, (_error, _stdout, stderr) =>
      resolve({ code: child.exitCode ?? 1, stderr }),
    );
  });
}

async function otherPorts(): Promise<typeof ports> {
  return { PORT: String(await getPort()), SAMPLEWISE_API_PORT: String(await getPort()) };
}

/** Waits until it is so; what it throws on the way counts as not yet. */
async function eventually(isSo: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(async () => isSo(), { timeout: 20_000, interval: 100 }).toBe(true);
}

async function experiments(apiUrl: string): Promise<string[]> {
  const response = await fetch(`${apiUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: '{ project(team: "local", slug: "demo") { experiments(first: 50) { edges { node { id } } } } }',
    }),
  });
  const { data } = (await response.json()) as {
    data: { project: { experiments: { edges: { node: { id: string } }[] } } };
  };
  return data.project.experiments.edges.map((edge) => edge.node.id).sort();
}

/** By process id, with their command lines. */
function childrenOf(parent: number): Map<number, string> {
  const children = new Map<number, string>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const ppid = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      if (ppid === parent) children.set(Number(name), readFileSync(`/proc/${name}/cmdline`, 'utf8'));
    } catch {
      // it ended while we looked
    }
  }
  return children;
}

function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return false;
  }
}
