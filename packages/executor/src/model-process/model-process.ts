import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { UNLIMITED, type Budget } from '../models/allowance.ts';
import {
  aboveLimit,
  crashed,
  failureOf,
  ModelProcessLost,
  ModelProcessStopped,
  PredictionAborted,
  timedOut,
} from './lost-model.ts';
import {
  bytesOf,
  type ImageToPredict,
  type LoadRequest,
  type Outcome,
  type Predicted,
  type PredictRequest,
  type Request,
  type Response,
  type RestoredImage,
} from './protocol.ts';

/** What a model's process may take. */
export interface ModelLimits {
  /** Without progress. */
  timeoutSeconds: number;
  memoryBytes: number;
}

export interface PredictionOptions {
  /** What a language model may spend. */
  budget?: Budget;
  /** Called when the request's turn has come. */
  begins?: () => void;
  /** Takes what restoration made, while the work goes on; the process holds back when it is slow. */
  store?: (restored: RestoredImage[]) => Promise<void>;
}

interface Watcher {
  begins(): void;
  restored(images: RestoredImage[]): void;
}

interface Pending extends Watcher {
  resolve(outcome: Outcome): void;
  reject(error: Error): void;
}

const UNWATCHED: Watcher = { begins: () => undefined, restored: () => undefined };

const STDERR_LIMIT = 2000;
/** A process that is asked to give up, and is in the midst of a long batch, is killed after this time. */
const ABORT_MILLISECONDS = 500;

/** The executor's end of a model process. Requests are served one after the other. */
export class ModelProcess {
  readonly #child: ChildProcess;
  readonly #limits: ModelLimits;
  /** In their order: the first is worked on. */
  readonly #pending = new Map<number, Pending>();
  #requests = 0;
  #watchdog: NodeJS.Timeout | undefined;
  #memoryBytes = 0;
  #errors = '';
  #ended = false;
  #stopped = false;

  private constructor(limits: ModelLimits) {
    this.#limits = limits;
    this.#child = fork(path.join(import.meta.dirname, 'main.ts'), {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // The child needs no secret of ours.
      env: { PATH: '/usr/bin:/bin', ...(process.platform === 'win32' ? { SystemRoot: 'C:\\Windows' } : {}) },
    });
    this.#child.stderr?.on(
      'data',
      (chunk: Buffer) => (this.#errors = (this.#errors + chunk.toString()).slice(-STDERR_LIMIT)),
    );
    this.#child.on('message', (response: Response) => {
      this.#receive(response);
    });
    // 'close' comes after 'exit', when all of its last words have been read.
    this.#child.on('close', (code, signal) => {
      const stopped = this.#stopped || signal === 'SIGINT' || signal === 'SIGTERM';
      this.#ended = true;
      this.#lose(stopped ? wasStopped() : new ModelProcessLost(crashed(code, signal, this.#errors)));
    });
    this.#child.on('error', (error) => {
      this.#lose(new ModelProcessLost(crashed(null, null, error.message)));
    });
  }

  /**
   * @throws InvalidInput when the model's files and its config do not fit
   * @throws ModelProcessLost
   */
  static async start(
    request: Omit<LoadRequest, 'kind' | 'endpoint'> & Partial<Pick<LoadRequest, 'endpoint'>>,
    limits: ModelLimits,
  ): Promise<ModelProcess> {
    const started = new ModelProcess(limits);
    try {
      const load = { kind: 'load', endpoint: { allowed: [], key: undefined }, ...request } as const;
      const outcome = await started.#ask(started.#requests++, load, UNWATCHED);
      if (outcome.kind === 'loaded') return started;
      throw outcome.kind === 'predicted' ? new Error('a load was answered by predictions') : failureOf(outcome);
    } catch (error) {
      started.stop();
      throw error;
    }
  }

  /** None when it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  get alive(): boolean {
    return !this.#ended && !this.#stopped;
  }

  /** Resident memory when it was last told, some tenths of a second ago. */
  get memoryBytes(): number {
    return this.alive ? this.#memoryBytes : 0;
  }

  /**
   * @param signal gives the work up
   * @throws InvalidInput, ModelProcessLost, ModelProcessStopped, PredictionAborted, and what `store` throws
   */
  async predict(
    images: ImageToPredict[],
    signal: AbortSignal,
    { budget = UNLIMITED, begins = () => undefined, store = () => Promise.resolve() }: PredictionOptions = {},
  ): Promise<Predicted> {
    const id = this.#requests++;
    const stores: Promise<void>[] = [];
    const restored = (made: RestoredImage[]): void => {
      const stored = store(made).finally(() => {
        if (this.alive) this.#child.send({ id, kind: 'stored', bytes: bytesOf(made) } satisfies Request);
      });
      stored.catch(() => undefined); // It is met at the end; the process goes on meanwhile.
      stores.push(stored);
    };
    let grace: NodeJS.Timeout | undefined;
    const abort = (): void => {
      if (!this.#ended) this.#child.send({ id, kind: 'abort' } satisfies Request);
      if (this.#pending.keys().next().value === id) grace = setTimeout(() => this.stop(), ABORT_MILLISECONDS);
      else this.#settle(id)?.reject(new PredictionAborted('the run has been canceled or paused'));
    };
    signal.addEventListener('abort', abort);
    try {
      signal.throwIfAborted();
      const outcome = await this.#ask(id, { kind: 'predict', images, budget }, { begins, restored });
      if (outcome.kind === 'loaded') throw new Error('a prediction was answered by a load');
      if (outcome.kind !== 'predicted') throw failureOf(outcome);
      await Promise.all(stores);
      return outcome;
    } catch (error) {
      throw signal.aborted ? new PredictionAborted('the run has been canceled or paused') : error;
    } finally {
      clearTimeout(grace);
      signal.removeEventListener('abort', abort);
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#child.kill('SIGKILL'); // It holds nothing that could be lost.
  }

  #ask(id: number, request: LoadRequest | PredictRequest, watcher: Watcher): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, ...watcher });
      this.#watchdog ??= setTimeout(() => {
        this.#lose(new ModelProcessLost(timedOut(this.#limits.timeoutSeconds)));
        this.stop();
      }, this.#limits.timeoutSeconds * 1000);
      if (this.#ended)
        this.#lose(this.#stopped ? wasStopped() : new ModelProcessLost(crashed(null, null, this.#errors)));
      else this.#child.send({ id, ...request } satisfies Request);
    });
  }

  #receive(response: Response): void {
    if (response.kind === 'memory') {
      this.#watchMemory(response.bytes);
      return;
    }
    this.#watchdog?.refresh();
    if (response.kind === 'alive') return;
    if (response.kind === 'restored') this.#pending.get(response.id)?.restored(response.images);
    else if (response.kind !== 'progress') this.#settle(response.id)?.resolve(response);
    else if (response.done === 0) this.#pending.get(response.id)?.begins();
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (this.#pending.size === 0) {
      clearTimeout(this.#watchdog);
      this.#watchdog = undefined;
    }
    return pending;
  }

  /** What is worked on fails by the reason; what waits for its turn is not to blame, and is done again. */
  #lose(reason: Error): void {
    const [first, ...others] = [...this.#pending.keys()].map((id) => this.#settle(id)!);
    first?.reject(reason);
    for (const other of others) other.reject(wasStopped());
  }

  #watchMemory(bytes: number): void {
    this.#memoryBytes = bytes;
    if (bytes <= this.#limits.memoryBytes) return;
    this.#lose(new ModelProcessLost(aboveLimit(bytes, this.#limits.memoryBytes)));
    this.stop();
  }
}

const wasStopped = (): ModelProcessStopped => new ModelProcessStopped("the model's process was stopped");
