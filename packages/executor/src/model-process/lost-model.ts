import { InvalidInput, problem, type Problem } from '@samplewise/domain';
import type { Outcome } from './protocol.ts';

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

const MEBIBYTE = 1024 * 1024;

/** What an answer that is no result means to who asked. */
export function failureOf(answer: Exclude<Outcome, { kind: 'loaded' | 'predicted' }>): Error {
  switch (answer.kind) {
    case 'refused': {
      const [first, ...more] = answer.problems;
      return new InvalidInput(first!, ...more);
    }
    case 'aborted':
      return new PredictionAborted('the run has been canceled or paused');
    case 'exhausted':
      return new ModelProcessLost(outOfMemory(answer.message));
    case 'broken':
      return new Error(answer.message);
  }
}

export function crashed(code: number | null, signal: string | null, errors: string): Problem {
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

export function aboveLimit(bytes: number, limit: number): Problem {
  const [taken, allowed] = [bytes, limit].map((b) => Math.round(b / MEBIBYTE));
  return problem('MODEL_OUT_OF_MEMORY', `The model's process took ${taken} MB; it may have ${allowed} MB.`, {
    place: 'model',
    mend: 'Try a smaller batch, or raise SAMPLEWISE_EXECUTOR_MEMORY_MB.',
  });
}

export function timedOut(seconds: number): Problem {
  return problem('MODEL_TIMEOUT', `The model showed no progress for ${seconds} seconds.`, {
    place: 'model',
    mend: 'Try a smaller batch, or raise SAMPLEWISE_EXECUTOR_TIMEOUT_SECONDS.',
  });
}
