import { digestOfJson, InvalidInput, problem, weightsOf, weightsOfStep } from '@samplewise/domain';
import type { RestorationStep, ModelSpec } from '@samplewise/domain';
import type { Storage } from '@samplewise/storage';
import pLimit from 'p-limit';
import type { EndpointAccess } from '../models/endpoint/openai-model.ts';
import { ModelProcess, ModelProcessStopped } from './model-process.ts';

/** Idle processes that are kept for the next shard; each holds a model's memory. */
const KEPT = 2;
const IDLE_MILLISECONDS = 60_000;

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

/** The executor's model processes: started when needed, kept for the next shard of the same model and restoration. */
export class ModelProcesses {
  readonly #storage: Storage;
  readonly #threads: number;
  readonly #timeoutSeconds: number;
  readonly #endpoints: EndpointSettings;
  /** Oldest first. One that works is not among them. */
  readonly #idle = new Map<string, Idle>();
  #atWork: ModelProcess | undefined;
  #stopped = false;
  /** Two models at work would share the threads that one is configured to take. */
  readonly #oneAtATime = pLimit(1);

  constructor(storage: Storage, threads: number, timeoutSeconds: number, endpoints: EndpointSettings) {
    this.#storage = storage;
    this.#threads = threads;
    this.#timeoutSeconds = timeoutSeconds;
    this.#endpoints = endpoints;
  }

  /**
   * Runs `work` with a process of this model and restoration, when its turn comes.
   * @throws BlobMissing when a weight is not in the storage, and what ModelProcess.start throws
   */
  use<T>(model: ModelSpec, steps: RestorationStep[], work: (modelProcess: ModelProcess) => Promise<T>): Promise<T> {
    return this.#oneAtATime(async () => {
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
    const digests = [...weightsOf(model).map((w) => w.digest), ...steps.flatMap(weightsOfStep).map((w) => w.digest)];
    const files = await Promise.all(digests.map(async (d) => [d, await this.#storage.localPath(d)] as const));
    return ModelProcess.start(
      { model, steps, files: Object.fromEntries(files), threads: this.#threads, endpoint: this.#accessOf(model) },
      this.#timeoutSeconds,
    );
  }

  /** @throws InvalidInput (ENDPOINT_REFUSED) when the config names a key that this executor does not have */
  #accessOf(model: ModelSpec): EndpointAccess {
    const runtime = model.kind === 'vlm-prompt' ? model.runtime : undefined;
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
