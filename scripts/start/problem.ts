/** What keeps the platform from starting, told so that a person can mend it. Shown without a stack. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';

  constructor(message: string, mend: string) {
    super(`${message}\n${mend}`);
  }
}
