import { IMPORT_LIMITS, type Problem } from '@samplewise/domain';

/** Reading goes on after a problem, so that one report names them all; beyond this many it is not worth the time. */
const STOP_AFTER = 10_000;

/** Ends the reading of a source that has more problems than anyone wants to read. */
export class TooManyProblems extends Error {
  override readonly name = 'TooManyProblems';
}

/** What is wrong with a source: everything is counted, the first is listed. */
export class ProblemList {
  readonly listed: Problem[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** @throws TooManyProblems when it is time to stop */
  add(...problems: readonly Problem[]): void {
    this.conclude(...problems);
    if (this.#count >= STOP_AFTER) throw new TooManyProblems();
  }

  /** Adds what has ended the reading anyway. */
  conclude(...problems: readonly Problem[]): void {
    for (const problem of problems) {
      if (this.listed.length < IMPORT_LIMITS.problems) this.listed.push(problem);
      this.#count++;
    }
  }
}
