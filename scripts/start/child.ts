import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './config.ts';
import type { LogFile } from './log-file.ts';
import { reportLine } from './report.ts';

const WINDOWS = process.platform === 'win32';
const DEATHS_ALLOWED = 4;
const DEATHS_WITHIN_MILLISECONDS = 60_000;
const FIRST_DELAY_MILLISECONDS = 250;

export interface ChildSpec {
  readonly name: string;
  /** Arguments of Node: flags, script, the script's own. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** How it shows that it works: by the message `{ ready: true }`, or by this, which resolves when it does. */
  readonly ready: 'message' | ((signal: AbortSignal) => Promise<void>);
  /** How long it may take to stop in order. */
  readonly stopMilliseconds: number;
}

/**
 * A process of ours that shall live as long as we do: started again, with growing pauses, when it dies. Its channel
 * to us closes when we die, however that happens, and then it ends by itself.
 */
export class Child {
  readonly name: string;
  readonly log: LogFile;
  readonly #spec: ChildSpec;
  readonly #giveUp: (child: Child) => void;
  readonly #ended = new AbortController();
  readonly #ready = Promise.withResolvers<undefined>();
  #process: ChildProcess | undefined;
  #deaths: number[] = [];

  /** @param giveUp called once, when it has died too often */
  constructor(spec: ChildSpec, log: LogFile, giveUp: (child: Child) => void) {
    this.name = spec.name;
    this.log = log;
    this.#spec = spec;
    this.#giveUp = giveUp;
    this.#ready.promise.catch(() => undefined); // when nobody waits for it
    this.#ended.signal.addEventListener('abort', () => this.#ready.reject(new Error(`${this.name} has been stopped`)));
  }

  /** Resolves when it is ready for the first time, be it after a death or two. */
  start(): Promise<void> {
    this.#launch();
    if (this.#spec.ready !== 'message') {
      this.#spec.ready(this.#ended.signal).then(() => this.#ready.resolve(undefined), this.#ready.reject);
    }
    return this.#ready.promise;
  }

  /** In order if it can in its time, else by force. */
  async stop(): Promise<void> {
    this.#ended.abort();
    const child = this.#process;
    if (child && isRunning(child)) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      if (WINDOWS) {
        // There, signals only kill; the closed channel is the request.
        if (child.connected) child.disconnect();
      } else child.kill('SIGTERM');
      const late = Symbol();
      const timer = new AbortController();
      const first = await Promise.race([gone, sleep(this.#spec.stopMilliseconds, late, { signal: timer.signal })]);
      timer.abort();
      if (first === late) {
        this.log.write(`${this.name} did not stop within ${this.#spec.stopMilliseconds} ms and is killed`);
        this.kill();
        await gone;
      }
    }
    await this.log.close();
  }

  /** At once, with all that it has started. */
  kill(): void {
    this.#ended.abort();
    const child = this.#process;
    if (child?.pid === undefined || !isRunning(child)) return;
    if (WINDOWS) child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  }

  #launch(): void {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...this.#spec.args], {
      cwd: ROOT,
      env: { ...process.env, ...this.#spec.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // A session of its own: Ctrl-C in the terminal reaches us alone, and we stop the parts in their order.
      detached: !WINDOWS,
    });
    this.#process = child;
    for (const stream of [child.stdout!, child.stderr!]) {
      createInterface({ input: stream }).on('line', (line) => {
        this.log.write(line);
        reportLine(this.name, line, stream === child.stderr ? 'error' : 'output');
      });
    }
    child.on('error', (error) => this.log.write(`${this.name}: ${error.message}`));
    child.once('close', (code, signal) => void this.#died(signal ?? `code ${code ?? 'unknown'}`));
    child.on('message', (message) => {
      if (typeof message === 'object' && 'ready' in message && message.ready === true) this.#ready.resolve(undefined);
    });
  }

  async #died(how: string): Promise<void> {
    if (this.#ended.signal.aborted) return;
    const now = Date.now();
    this.#deaths = [...this.#deaths.filter((time) => now - time < DEATHS_WITHIN_MILLISECONDS), now];
    this.log.write(`${this.name} ended unexpectedly (${how})`);
    if (this.#deaths.length > DEATHS_ALLOWED) {
      this.#ended.abort();
      this.#giveUp(this);
      return;
    }
    console.error(`The ${this.name} process ended unexpectedly (${how}); it is started again.`);
    await sleep(FIRST_DELAY_MILLISECONDS * 2 ** (this.#deaths.length - 1));
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- it may have been stopped meanwhile
    if (!this.#ended.signal.aborted) this.#launch();
  }
}

const isRunning = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;
