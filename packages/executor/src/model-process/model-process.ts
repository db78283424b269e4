import { InvalidInput, problem, type Problem } from '@samplewise/domain';
import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { ImageToPredict, LoadRequest, Predicted, Request, Response } from './protocol.ts';

/** The process died or hung: the model's fault or the machine's, so the job may be tried once more. */
export class ModelProcessLost extends Error {
  override readonly name = 'ModelProcessLost';
  readonly problem: Problem;

  constructor(lost: Problem) {
    super(lost.message);
    this.problem = lost;
  }
}

/** The work was given up because the run has been canceled. */
export class PredictionAborted extends Error {
  override readonly name = 'PredictionAborted';
}

/** We ended the process, or the terminal did: nothing is wrong with the model, and the job is done again. */
export class ModelProcessStopped extends Error {
  override readonly name = 'ModelProcessStopped';
}

/** What a model's process may take. */
export interface ModelLimits {
  /** Without progress. */
  timeoutSeconds: number;
  memoryBytes: number;
}

const MEBIBYTE = 1024 * 1024;
const STDERR_LIMIT = 2000;
/** A process that is asked to give up, and is in the midst of a long batch, is killed after this time. */
const ABORT_MILLISECONDS = 500;

/** The executor's end of a model process. One request at a time. */
export class ModelProcess {
  readonly #child: ChildProcess;
  readonly #limits: ModelLimits;
  #memoryBytes = 0;
  #errors = '';
  #ended = false;
  #stopped = false;
  #receive: ((response: Response) => void) | undefined;
  #lost: ((error: Error) => void) | undefined;

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
      if (response.kind === 'memory') this.#watchMemory(response.bytes);
      else this.#receive?.(response);
    });
    // 'close' comes after 'exit', when all of its last words have been read.
    this.#child.on('close', (code, signal) => {
      const stopped = this.#stopped || signal === 'SIGINT' || signal === 'SIGTERM';
      this.#ended = true;
      this.#lost?.(
        stopped
          ? new ModelProcessStopped("the model's process was stopped")
          : new ModelProcessLost(crashed(code, signal, this.#errors)),
      );
    });
    this.#child.on('error', (error) => this.#lost?.(new ModelProcessLost(crashed(null, null, error.message))));
  }

  /**
   * @throws InvalidInput when the model's files and its config do not fit
   * @throws ModelProcessLost
   */
  static async start(request: Omit<LoadRequest, 'kind'>, limits: ModelLimits): Promise<ModelProcess> {
    const started = new ModelProcess(limits);
    try {
      await started.#ask({ kind: 'load', ...request }, (response) =>
        response.kind === 'loaded' ? response : undefined,
      );
      return started;
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
   * @throws InvalidInput, ModelProcessLost, PredictionAborted
   */
  async predict(images: ImageToPredict[], signal: AbortSignal): Promise<Predicted> {
    let grace: NodeJS.Timeout | undefined;
    const abort = (): void => {
      if (!this.#ended) this.#child.send({ kind: 'abort' } satisfies Request);
      grace = setTimeout(() => {
        this.stop();
      }, ABORT_MILLISECONDS);
    };
    signal.addEventListener('abort', abort);
    try {
      signal.throwIfAborted();
      return await this.#ask({ kind: 'predict', images }, (response) =>
        response.kind === 'predicted' ? response : undefined,
      );
    } catch (error) {
      throw signal.aborted ? new PredictionAborted('the run has been canceled') : error;
    } finally {
      clearTimeout(grace);
      signal.removeEventListener('abort', abort);
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#child.kill('SIGKILL'); // It holds nothing that could be lost.
  }

  #watchMemory(bytes: number): void {
    this.#memoryBytes = bytes;
    if (bytes <= this.#limits.memoryBytes) return;
    this.#lost?.(new ModelProcessLost(aboveLimit(bytes, this.#limits.memoryBytes)));
    this.stop();
  }

  #ask<T>(request: Request, answered: (response: Response) => T | undefined): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const watchdog = setTimeout(() => {
        settle(() => reject(new ModelProcessLost(timedOut(this.#limits.timeoutSeconds))));
        this.stop();
      }, this.#limits.timeoutSeconds * 1000);
      const settle = (how: () => void): void => {
        clearTimeout(watchdog);
        this.#receive = undefined;
        this.#lost = undefined;
        how();
      };
      this.#lost = (error) => settle(() => reject(error));
      this.#receive = (response) => {
        watchdog.refresh();
        const result = answered(response);
        if (result !== undefined) settle(() => resolve(result));
        else if (response.kind === 'refused') settle(() => reject(refusal(response.problems)));
        else if (response.kind === 'aborted') settle(() => reject(new PredictionAborted('the run has been canceled')));
        else if (response.kind === 'exhausted')
          settle(() => reject(new ModelProcessLost(outOfMemory(response.message))));
        else if (response.kind === 'broken') settle(() => reject(new Error(response.message)));
      };
      if (this.#ended) this.#lost(new ModelProcessLost(crashed(null, null, this.#errors)));
      else this.#child.send(request);
    });
  }
}

function refusal(problems: Problem[]): InvalidInput {
  const [first, ...more] = problems;
  return new InvalidInput(first!, ...more);
}

function crashed(code: number | null, signal: string | null, errors: string): Problem {
  const how = signal ?? `code ${code ?? 'unknown'}`;
  return problem('MODEL_CRASHED', `The model's process ended with ${how}. ${errors.trim()}`.trim(), {
    place: 'model',
    mend: 'SIGKILL mostly means that memory ran out: try a smaller batch. Otherwise the model crashes onnxruntime.',
  });
}

function outOfMemory(message: string): Problem {
  return problem('MODEL_OUT_OF_MEMORY', `The model ran out of memory: ${message}`, {
    place: 'model',
    mend: 'Try a smaller batch, or smaller images.',
  });
}

function aboveLimit(bytes: number, limit: number): Problem {
  const [taken, allowed] = [bytes, limit].map((b) => Math.round(b / MEBIBYTE));
  return problem('MODEL_OUT_OF_MEMORY', `The model's process took ${taken} MB; it may have ${allowed} MB.`, {
    place: 'model',
    mend: 'Try a smaller batch, or raise SAMPLEWISE_EXECUTOR_MEMORY_MB.',
  });
}

function timedOut(seconds: number): Problem {
  return problem('MODEL_TIMEOUT', `The model showed no progress for ${seconds} seconds.`, {
    place: 'model',
    mend: 'Try a smaller batch, or raise SAMPLEWISE_EXECUTOR_TIMEOUT_SECONDS.',
  });
}
