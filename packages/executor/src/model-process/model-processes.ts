import { digestOfJson, InvalidInput, problem, weightsOfStep, type RestorationStep } from '@samplewise/domain';
import type { Storage } from '@samplewise/storage';
import type { EndpointAccess } from '../models/endpoint/openai-model.ts';
import { digestsOf, type Runnable } from '../models/runnable.ts';
import { ModelProcessStopped } from './lost-model.ts';
import { ModelProcess, type ModelLimits } from './model-process.ts';

/** Idle processes that are kept for the next shard; each holds a model's memory. */
const KEPT = 2;
const IDLE_MILLISECONDS = 60_000;
/** Shards that a model process has at a time: one that it predicts, and the next, so that it never waits. */
const USERS = 2;

/** What the operator says of servers that models may be asked at. */
export interface EndpointSettings {
  /** Origins. */
  allowed: readonly string[];
  /** By the name of the variable that holds them. */
  keys: ReadonlyMap<string, string>;
}

interface Idle {
  modelProcess: ModelProcess;
  timer: NodeJS.Timeout;
}

/** The process that has the turn. Two models at work would share the threads that one is configured to take. */
interface Turn {
  key: string;
  users: number;
  /** Being started, or started; none before the first user asks for it. */
  modelProcess: Promise<ModelProcess> | undefined;
  /** The same, once it is there. */
  started: ModelProcess | undefined;
}

interface Waiting {
  key: string;
  begin(): void;
}

/** The executor's model processes: started when needed, kept for the next shard of the same model and restoration. */
export class ModelProcesses {
  readonly #storage: Storage;
  readonly #limits: ModelLimits & { threads: number };
  readonly #endpoints: EndpointSettings;
  /** Oldest first. One that works is not among them. */
  readonly #idle = new Map<string, Idle>();
  /** In the order in which they came. */
  readonly #waiting: Waiting[] = [];
  #turn: Turn | undefined;
  /** Those that work beside the turn. */
  readonly #beside = new Set<ModelProcess>();
  #stopped = false;

  constructor(storage: Storage, limits: ModelLimits & { threads: number }, endpoints: EndpointSettings) {
    this.#storage = storage;
    this.#limits = limits;
    this.#endpoints = endpoints;
  }

  /** Of all of them, at present. */
  get memoryBytes(): number {
    const idle = [...this.#idle.values()].map(({ modelProcess }) => modelProcess);
    const turn = this.#turn?.started ? [this.#turn.started] : [];
    return [...idle, ...turn, ...this.#beside].reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
  }

  /**
   * Runs `work` with a process of this model and restoration, when its turn comes. Two may use one process at the same
   * time: it serves them one after the other.
   * @throws BlobMissing when a weight is not in the storage, and what ModelProcess.start throws
   */
  async use<T>(
    model: Runnable,
    steps: RestorationStep[],
    work: (modelProcess: ModelProcess) => Promise<T>,
  ): Promise<T> {
    const key = digestOfJson({ model, steps });
    await this.#enter(key);
    try {
      return await work(await this.#take(key, model, steps));
    } finally {
      this.#leave();
    }
  }

  /**
   * The same without waiting for a turn, for little work that a person waits for: beside whatever is at work, with a warm
   * process where there is one.
   */
  async useBeside<T>(
    model: Runnable | null,
    steps: RestorationStep[],
    work: (modelProcess: ModelProcess) => Promise<T>,
  ): Promise<T> {
    const key = digestOfJson({ model, steps });
    const modelProcess = this.#takeIdle(key) ?? (await this.#start(model, steps));
    this.#beside.add(modelProcess);
    try {
      if (this.#stopped) {
        modelProcess.stop();
        throw new ModelProcessStopped('the executor stops');
      }
      return await work(modelProcess);
    } finally {
      this.#beside.delete(modelProcess);
      this.#keep(key, modelProcess);
    }
  }

  /** Ends all. What one of them was at work on fails with ModelProcessStopped. */
  stop(): void {
    this.#stopped = true;
    this.#turn?.started?.stop();
    for (const modelProcess of this.#beside) modelProcess.stop();
    for (const key of [...this.#idle.keys()]) this.#takeIdle(key)?.stop();
  }

  /** Resolves when a process of this key has the turn, and a place for one more user. */
  async #enter(key: string): Promise<void> {
    if (this.#waiting.length > 0 || !this.#admits(key)) {
      await new Promise<void>((begin) => this.#waiting.push({ key, begin }));
    } else this.#admit(key);
    if (!this.#stopped) return;
    this.#leave();
    throw new ModelProcessStopped('the executor stops');
  }

  #admits(key: string): boolean {
    return !this.#turn || (this.#turn.key === key && this.#turn.users < USERS);
  }

  #admit(key: string): void {
    this.#turn ??= { key, users: 0, modelProcess: undefined, started: undefined };
    this.#turn.users++;
  }

  #leave(): void {
    const turn = this.#turn!;
    if (--turn.users === 0) {
      this.#turn = undefined;
      if (turn.started) this.#keep(turn.key, turn.started);
    }
    // Strictly in order: whoever needs another model is not overtaken for ever.
    for (let next = this.#waiting[0]; next && this.#admits(next.key); next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#admit(next.key);
      next.begin();
    }
  }

  /** The process of the turn; one that has ended is replaced. */
  async #take(key: string, model: Runnable, steps: RestorationStep[]): Promise<ModelProcess> {
    const turn = this.#turn!;
    if (turn.started?.alive) return turn.started;
    if (!turn.modelProcess || turn.started) {
      turn.started = undefined;
      const idle = this.#takeIdle(key);
      turn.modelProcess = idle ? Promise.resolve(idle) : this.#start(model, steps);
    }
    const modelProcess = await turn.modelProcess;
    turn.started = modelProcess;
    if (this.#stopped) {
      modelProcess.stop();
      throw new ModelProcessStopped('the executor stops');
    }
    return modelProcess;
  }

  #takeIdle(key: string): ModelProcess | undefined {
    const idle = this.#idle.get(key);
    if (!idle) return undefined;
    clearTimeout(idle.timer);
    this.#idle.delete(key);
    return idle.modelProcess.alive ? idle.modelProcess : undefined;
  }

  #keep(key: string, modelProcess: ModelProcess): void {
    if (!modelProcess.alive) return;
    if (this.#stopped) {
      modelProcess.stop();
      return;
    }
    this.#takeIdle(key)?.stop(); // There may be one of what was used beside.
    const timer = setTimeout(() => this.#takeIdle(key)?.stop(), IDLE_MILLISECONDS);
    this.#idle.set(key, { modelProcess, timer });
    const [oldest] = this.#idle.keys();
    if (this.#idle.size > KEPT) this.#takeIdle(oldest!)?.stop();
  }

  async #start(model: Runnable | null, steps: RestorationStep[]): Promise<ModelProcess> {
    const digests = [...(model ? digestsOf(model) : []), ...steps.flatMap(weightsOfStep).map((w) => w.digest)];
    const files = await Promise.all(digests.map(async (d) => [d, await this.#storage.localPath(d)] as const));
    const { threads } = this.#limits;
    const request = { model, steps, files: Object.fromEntries(files), threads, endpoint: this.#accessOf(model) };
    return ModelProcess.start(request, this.#limits);
  }

  /** @throws InvalidInput (ENDPOINT_REFUSED) when the config names a key that this executor does not have */
  #accessOf(model: Runnable | null): EndpointAccess {
    const runtime = model?.kind === 'vlm-prompt' ? model.runtime : undefined;
    const { allowed, keys } = this.#endpoints;
    if (runtime?.type !== 'openai' || runtime.apiKeyVariable === undefined) return { allowed, key: undefined };
    const key = keys.get(runtime.apiKeyVariable);
    if (key !== undefined) return { allowed, key };
    throw new InvalidInput(
      problem('ENDPOINT_REFUSED', 'The executor has no such key.', {
        place: 'runtime.apiKeyVariable',
        value: runtime.apiKeyVariable,
        mend: 'Whoever runs the executor can set this variable in its environment.',
      }),
    );
  }
}
