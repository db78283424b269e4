import { EvaluationInputError } from './errors.ts';

export interface ResamplingOptions {
  /** From 0 to 2^31; the same seed gives the same intervals. */
  readonly seed?: number;
  /** Bootstrap draws, 1,000 unless given. */
  readonly draws?: number;
  /** Of the intervals, 0.95 unless given. */
  readonly confidence?: number;
}

/** @throws EvaluationInputError */
export function checkResampling({ seed = 0, draws = 1000, confidence = 0.95 }: ResamplingOptions) {
  if (!Number.isInteger(seed) || seed < 0 || seed > 2 ** 31) {
    throw new EvaluationInputError('seed', `is ${seed}, expected an integer from 0 to 2^31`);
  }
  if (!Number.isInteger(draws) || draws < 1 || draws > 1_000_000) {
    throw new EvaluationInputError('draws', `is ${draws}, expected an integer from 1 to 1,000,000`);
  }
  checkFraction('confidence', confidence);
  return { seed, draws, confidence };
}

/** @throws EvaluationInputError */
export function checkFraction(argument: string, value: number): void {
  if (!(value > 0 && value < 1)) {
    throw new EvaluationInputError(argument, `is ${value}, expected a number between 0 and 1`);
  }
}
