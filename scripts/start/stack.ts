import { migrate } from '@samplewise/database';
import path from 'node:path';
import { buildWeb } from './build-web.ts';
import { Child } from './child.ts';
import type { StartConfig } from './config.ts';
import { LogFile } from './log-file.ts';
import { apiAddress, partsOf } from './parts.ts';
import { WatchedPostgres } from './postgres.ts';
import { seedDemo } from './seed.ts';

/** The longest wait for a step of the start that is under way when the stop is asked for, such as a migration. */
const STEP_MILLISECONDS = 4000;

/** Everything that `npm start` runs: brought up in order and in parallel, taken down in the reverse order. */
export class Stack {
  readonly #config: StartConfig;
  readonly #fail: (why: string) => void;
  readonly #tell: (line: string) => void;
  readonly #stopping = new AbortController();
  readonly #children: Partial<Record<'api' | 'executor' | 'web', Child>> = {};
  readonly #logFolder: string;
  #postgres: WatchedPostgres | undefined;
  #starting: Promise<unknown> = Promise.resolve();
  #seedLog: LogFile | undefined;

  /** @param fail called when a part can't be kept alive; the platform then has to stop */
  constructor(config: StartConfig, tell: (line: string) => void, fail: (why: string) => void) {
    this.#config = config;
    this.#tell = tell;
    this.#fail = fail;
    this.#logFolder = path.join(config.home, 'logs');
  }

  /** Resolves when the page is there, and on a first start when the demo's runs are queued. */
  async start(): Promise<void> {
    // The page is built from sources alone: that needs not wait for the database.
    const halves = [this.#buildWeb(), this.#startBackend()] as const;
    this.#starting = Promise.allSettled(halves);
    const [, first] = await Promise.all(halves);
    const demo = this.#seed();
    await this.#startChild('web');
    if (first) await demo;
  }

  async #buildWeb(): Promise<void> {
    const done = stopwatch();
    const built = await buildWeb({
      signal: this.#stopping.signal,
      onBuild: () => this.#tell('Building the page, since its sources are new …'),
    });
    if (built) this.#tell(`The page is built (${done()})`);
  }

  /** @returns whether the database was changed, as on a first start it is */
  async #startBackend(): Promise<boolean> {
    const url = await this.#openDatabase();
    this.#stopping.signal.throwIfAborted();
    const done = stopwatch();
    const applied = await migrate(url);
    this.#stopping.signal.throwIfAborted();
    if (applied.length > 0) this.#tell(`The database is brought up to date (${done()})`);
    const parts = partsOf(this.#config, url);
    for (const part of Object.values(parts)) {
      this.#children[part.name as keyof typeof parts] = new Child(
        part,
        new LogFile(this.#logFolder, part.name),
        (child) => this.#giveUp(child),
      );
    }
    await Promise.all([this.#startChild('api'), this.#startChild('executor')]);
    return applied.length > 0;
  }

  async #openDatabase(): Promise<string> {
    if (this.#config.databaseUrl !== undefined) return this.#config.databaseUrl;
    const done = stopwatch();
    const postgres = await WatchedPostgres.start(this.#config.home, (error) => this.#fail(error.message));
    this.#postgres = postgres;
    this.#tell(`Postgres is up (${done()}), its data in ${postgres.dataFolder}`);
    return postgres.url;
  }

  async #startChild(name: 'api' | 'executor' | 'web'): Promise<void> {
    this.#stopping.signal.throwIfAborted();
    const done = stopwatch();
    await this.#children[name]!.start();
    this.#tell(`The ${name === 'web' ? 'page' : name === 'api' ? 'API' : name} is up (${done()})`);
  }

  async #seed(): Promise<void> {
    this.#seedLog = new LogFile(this.#logFolder, 'demo');
    const { token } = this.#config;
    try {
      await seedDemo({ apiUrl: apiAddress(this.#config), token, signal: this.#stopping.signal }, this.#seedLog);
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      // The platform is of use without its demo.
      this.#tell(`The demo project could not be made: ${(error as Error).message}\nIts log is ${this.#seedLog.path}.`);
    }
  }

  #giveUp(child: Child): void {
    const lines = child.log.tail().map((line) => `  ${line}`);
    this.#fail(`The ${child.name} process keeps ending. Its last lines (${child.log.path}):\n${lines.join('\n')}`);
  }

  /** Web, API, executor, then Postgres: nobody loses what it needs before it has stopped. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.race([this.#starting, new Promise((resolve) => setTimeout(resolve, STEP_MILLISECONDS).unref())]);
    for (const name of ['web', 'api', 'executor'] as const) await this.#children[name]?.stop();
    await this.#seedLog?.close();
    await this.#postgres?.stop();
  }

  /** The impatient stop: the processes at once; Postgres is still asked, and is quick without clients. */
  kill(): void {
    this.#stopping.abort();
    for (const child of Object.values(this.#children)) child.kill();
  }
}

function stopwatch(): () => string {
  const began = performance.now();
  return () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
}
