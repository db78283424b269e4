import { InvalidInput, type Problem } from '@samplewise/domain';

/** Prisma's code of a row that breaks a unique constraint. */
export const isTaken = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === 'P2002';

/**
 * For rows whose name was free when it was looked up: somebody may have taken it since.
 * @throws InvalidInput with the problem where that is so
 */
export async function orConflict<T>(work: PromiseLike<T>, conflict: Problem): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw isTaken(error) ? new InvalidInput(conflict) : error;
  }
}
