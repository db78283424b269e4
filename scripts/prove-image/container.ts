import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Service } from './compose.ts';
import type { BuiltImage, Player } from './dockerfile.ts';

const HEALTHY_WITHIN_MILLISECONDS = 60_000;
const STOP_WITHIN_MILLISECONDS = 10_000;

/** A service of the Compose file, run from the folder that stands for the image, with nothing else in its environment. */
export class Container {
  readonly name: string;
  readonly #service: Service;
  readonly #image: BuiltImage;
  readonly #player: Player | undefined;
  #process: ChildProcess | undefined;
  #output = '';

  constructor(name: string, service: Service, image: BuiltImage, player: Player | undefined) {
    this.name = name;
    this.#service = service;
    this.#image = image;
    this.#player = player;
  }

  /** To its end, which must be 0. @returns what it printed */
  async runToEnd(): Promise<string> {
    this.#process = this.#spawn(this.#service.command);
    const [code] = (await once(this.#process, 'close')) as [number | null];
    if (code !== 0) throw new Error(`${this.name} ended with ${code ?? 'a signal'}:\n${this.#output}`);
    return this.#output.trim();
  }

  /** Resolves when its own health check says so. */
  async startHealthy(): Promise<number> {
    const began = performance.now();
    const health = this.#service.health;
    if (!health) throw new Error(`${this.name} has no health check`);
    if (await this.#isHealthy(health)) throw new Error(`${this.name} is healthy before it was started`);
    this.#process = this.#spawn(this.#service.command);
    while (performance.now() - began < HEALTHY_WITHIN_MILLISECONDS) {
      if (this.#process.exitCode !== null) break;
      if (await this.#isHealthy(health)) return performance.now() - began;
      await sleep(200);
    }
    throw new Error(`${this.name} did not become healthy:\n${this.#output}`);
  }

  /** As Docker stops it: asked, and in time. */
  async stop(): Promise<void> {
    const child = this.#process;
    if (child?.exitCode !== null) return;
    const ended = once(child, 'close');
    child.kill('SIGTERM');
    const late = sleep(STOP_WITHIN_MILLISECONDS, 'late' as const, { ref: false });
    if ((await Promise.race([ended, late])) === 'late') {
      child.kill('SIGKILL');
      throw new Error(`${this.name} did not stop within ${STOP_WITHIN_MILLISECONDS / 1000} s`);
    }
  }

  async #isHealthy(command: readonly string[]): Promise<boolean> {
    const [code] = (await once(this.#spawn(command, 'quiet'), 'close')) as [number | null];
    return code === 0;
  }

  #spawn([file, ...args]: readonly string[], output: 'kept' | 'quiet' = 'kept'): ChildProcess {
    if (file === undefined) throw new Error(`${this.name} has no command`);
    const { env } = this.#image;
    const child = spawn(file, args, {
      cwd: this.#image.place('.'),
      env: { ...env, ...this.#service.environment, PATH: `${path.dirname(process.execPath)}:/usr/bin:/bin` },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...this.#player,
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        if (output === 'kept') this.#output += chunk.toString();
      });
    }
    return child;
  }
}
