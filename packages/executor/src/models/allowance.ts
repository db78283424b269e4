/** What a run may still spend on a language model. */
export interface Budget {
  requests: number;
  tokens: number;
}

export const UNLIMITED: Budget = { requests: Infinity, tokens: Infinity };

/** Nothing is left to spend. */
export class BudgetUsedUp extends Error {
  override readonly name = 'BudgetUsedUp';

  constructor() {
    super("The run's budget is used up.");
  }
}

/** Counts down a budget. Requests under way at once may take tokens a little beyond it. */
export class Allowance {
  #requests: number;
  #tokens: number;
  /** Something was not done for want of budget. */
  exceeded = false;

  constructor({ requests, tokens }: Budget) {
    this.#requests = requests;
    this.#tokens = tokens;
  }

  /** Whether tokens are counted, so that a model must tell them. */
  get countsTokens(): boolean {
    return Number.isFinite(this.#tokens);
  }

  get left(): Budget {
    return { requests: this.#requests, tokens: this.#tokens };
  }

  /** Before each request. @throws BudgetUsedUp */
  takeRequest(): void {
    if (this.#requests <= 0 || this.#tokens <= 0) {
      this.exceeded = true;
      throw new BudgetUsedUp();
    }
    this.#requests--;
  }

  spendTokens(tokens: number): void {
    this.#tokens -= tokens;
  }
}
