import { InvalidInput } from '@samplewise/domain';
import { Worker } from 'node:worker_threads';
import type { Pixels } from '../images/decode.ts';
import type { Budget } from '../models/allowance.ts';
import type { ModelTraits } from '../models/model.ts';
import { OutOfMemory } from '../models/session.ts';
import type { Network, NetworkOutput } from '../restoration/network.ts';
import type { Answered, InferenceAnswer, InferenceRequest, Loaded, ToLoad } from './inference-protocol.ts';

/** A result, and the seconds of the work itself, without the wait for its turn. */
export interface Timed<T> {
  value: T;
  seconds: number;
  /** When the work ended, as an `instant`. */
  until: number;
}

interface Waiting {
  resolve(answer: Extract<InferenceAnswer, { kind: 'done' }>): void;
  reject(error: Error): void;
}

/** The model process's end of its inference thread. Requests may be made at any time; they are served in order. */
export class InferenceThread {
  readonly #worker = new Worker(new URL('./inference-worker.ts', import.meta.url));
  readonly #waiting: Waiting[] = [];
  readonly #alive: () => void;
  traits!: ModelTraits;
  #networks: Loaded['networks'] = {};

  /** @param alive called whenever the thread shows progress */
  private constructor(alive: () => void) {
    this.#alive = alive;
    this.#worker.on('message', (answer: InferenceAnswer) => {
      this.#receive(answer);
    });
    // What is thrown outside of a request is a fault of ours: the process ends, and the executor says so.
    this.#worker.on('error', (error) => {
      throw error;
    });
  }

  /** @throws InvalidInput when the files and the config do not fit */
  static async start(request: ToLoad, alive: () => void): Promise<InferenceThread> {
    const thread = new InferenceThread(alive);
    const { value } = await thread.#ask<Loaded>({ kind: 'load', ...request });
    thread.traits = value.traits;
    thread.#networks = value.networks;
    return thread;
  }

  /** @param tensor is handed over: it is empty afterwards */
  infer(tensor: Float32Array<ArrayBuffer>, images: number): Promise<Timed<Float32Array>> {
    return this.#ask({ kind: 'infer', tensor, images }, [tensor.buffer]);
  }

  answer(pictures: Pixels[], budget: Budget): Promise<Timed<Answered>> {
    return this.#ask({ kind: 'answer', pictures, budget });
  }

  /** The network of a restoration step, by its digest. */
  network(digest: string): Network {
    return {
      ...this.#networks[digest]!,
      run: async (input, tensor, dims, outputs, clock) => {
        const request = { kind: 'run', network: digest, input, tensor, dims, outputs } as const;
        const { value, seconds, until } = await this.#ask<NetworkOutput[]>(request, [tensor.buffer]);
        clock.add('PREPROCESSING', seconds, until);
        return value;
      },
    };
  }

  async #ask<T>(request: InferenceRequest, transfer: ArrayBuffer[] = []): Promise<Timed<T>> {
    const { value, seconds, until } = await new Promise<Extract<InferenceAnswer, { kind: 'done' }>>(
      (resolve, reject) => {
        this.#waiting.push({ resolve, reject });
        this.#worker.postMessage(request, transfer);
      },
    );
    return { value: value as T, seconds, until };
  }

  #receive(answer: InferenceAnswer): void {
    this.#alive();
    if (answer.kind === 'alive') return;
    const waiting = this.#waiting.shift()!;
    if (answer.kind === 'done') waiting.resolve(answer);
    else waiting.reject(toError(answer));
  }
}

function toError(answer: Exclude<InferenceAnswer, { kind: 'alive' | 'done' }>): Error {
  if (answer.kind === 'exhausted') return new OutOfMemory(answer.message);
  if (answer.kind === 'broken') return new Error(answer.message);
  const [first, ...more] = answer.problems;
  return new InvalidInput(first!, ...more);
}
