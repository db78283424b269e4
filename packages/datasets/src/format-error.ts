import { InvalidInput, type Problem } from '@samplewise/domain';

/**
 * Sorts an error of a parsing library: a failed system call (disk, memory, descriptors) is nobody's input and stays as
 * it is, so that the job is tried again; anything else means that the bytes are not what they should be.
 */
export function formatError(error: unknown, toProblem: (message: string) => Problem): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (error instanceof InvalidInput || 'syscall' in error) return error;
  return new InvalidInput(toProblem(error.message));
}
