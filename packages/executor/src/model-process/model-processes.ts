import { digestOfJson, weightsOf, type ModelSpec, type RestorationStep } from '@samplewise/domain';
import type { Storage } from '@samplewise/storage';
import pLimit from 'p-limit';
import { ModelProcess, ModelProcessStopped, type ModelLimits } from './model-process.ts';

/** Idle processes that are kept for the next shard; each holds a model's memory. */
const KEPT = 2;
const IDLE_MILLISECONDS = 60_000;

interface Idle {
  modelProcess: ModelProcess;
  timer: NodeJS.Timeout;
}

/** The executor's model processes: started when needed, kept for the next shard of the same model and restoration. */
export class ModelProcesses {
  readonly #storage: Storage;
  readonly #limits: ModelLimits & { threads: number };
  /** Oldest first. One that works is not among them. */
  readonly #idle = new Map<string, Idle>();
  #atWork: ModelProcess | undefined;
  #stopped = false;
  /** Two models at work would share the threads that one is configured to take. */
  readonly #oneAtATime = pLimit(1);

  constructor(storage: Storage, limits: ModelLimits & { threads: number }) {
    this.#storage = storage;
    this.#limits = limits;
  }

  /** Of all of them, at present. */
  get memoryBytes(): number {
    const idle = [...this.#idle.values()].map(({ modelProcess }) => modelProcess);
    return [...idle, ...(this.#atWork ? [this.#atWork] : [])].reduce((sum, p) => sum + p.memoryBytes, 0);
  }

  /**
   * Runs `work` with a process of this model and restoration, when its turn comes.
   * @throws BlobMissing when a weight is not in the storage, and what ModelProcess.start throws
   */
  use<T>(
    model: ModelSpec,
    steps: RestorationStep[],
    work: (modelProcess: ModelProcess) => Promise<T>,
  ): Promise<T> {
    return this.#oneAtATime(async () => {
      if (this.#stopped) throw new ModelProcessStopped('the executor stops');
      const key = digestOfJson({ model, steps });
      const modelProcess = this.#take(key) ?? (await this.#start(model, steps));
      this.#atWork = modelProcess;
      try {
        if (this.#stopped) throw new ModelProcessStopped('the executor stops');
        return await work(modelProcess);
      } finally {
        this.#atWork = undefined;
        this.#keep(key, modelProcess);
      }
    });
  }

  /** Ends all. What one of them was at work on fails with ModelProcessStopped. */
  stop(): void {
    this.#stopped = true;
    this.#atWork?.stop();
    for (const key of [...this.#idle.keys()]) this.#take(key)?.stop();
  }

  #take(key: string): ModelProcess | undefined {
    const idle = this.#idle.get(key);
    if (!idle) return undefined;
    clearTimeout(idle.timer);
    this.#idle.delete(key);
    return idle.modelProcess.alive ? idle.modelProcess : undefined;
  }

  #keep(key: string, modelProcess: ModelProcess): void {
    this.#take(key)?.stop();
    if (!modelProcess.alive) return;
    if (this.#stopped) {
      modelProcess.stop();
      return;
    }
    const timer = setTimeout(() => this.#take(key)?.stop(), IDLE_MILLISECONDS);
    this.#idle.set(key, { modelProcess, timer });
    const [oldest] = this.#idle.keys();
    if (this.#idle.size > KEPT) this.#take(oldest!)?.stop();
  }

  async #start(model: ModelSpec, steps: RestorationStep[]): Promise<ModelProcess> {
    const digests = [...weightsOf(model).map((w) => w.digest), ...steps.map((step) => step.weights.digest)];
    const files = await Promise.all(digests.map(async (d) => [d, await this.#storage.localPath(d)] as const));
    const request = { model, steps, files: Object.fromEntries(files), threads: this.#limits.threads };
    return ModelProcess.start(request, this.#limits);
  }
}
