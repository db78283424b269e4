import betainc from '@stdlib/math-base-special-betainc';
import gammainc from '@stdlib/math-base-special-gammainc';
import { EvaluationInputError } from '../errors.ts';
import { undefinedEstimate, type Estimate } from '../estimate.ts';
import { wilsonInterval } from '../wilson.ts';

export interface McNemar {
  /** Samples that the first run has wrong and the second right. */
  readonly fixed: number;
  /** The reverse. */
  readonly broken: number;
  /** Two-sided exact conditional test: a fair coin for each sample on which the runs differ in being right. */
  readonly exactP: number;
  /** The exact test with half of the observed outcome's probability: as careful, and less often too careful. */
  readonly midP: number;
  /** The asymptotic tests, chi-squared with one degree of freedom, without and with Edwards' continuity correction. */
  readonly asymptotic: { readonly statistic: number; readonly p: number };
  readonly corrected: { readonly statistic: number; readonly p: number };
  /** fixed / broken, with the transformed Wilson interval. */
  readonly oddsRatio: Estimate;
}

/**
 * McNemar's test (1947) whether two runs are right equally often on the same samples. `midP` is recommended (Fagerland,
 * Lydersen and Laake, 2013); p is 1 where no sample tells the runs apart.
 * @param confidence of the odds ratio's interval (Fagerland, Lydersen and Laake, 2014)
 * @throws EvaluationInputError
 */
export function mcnemar(fixed: number, broken: number, confidence = 0.95): McNemar {
  checkCount('fixed', fixed);
  checkCount('broken', broken);
  const n = fixed + broken;
  const fewer = Math.min(fixed, broken);
  const exactP = Math.min(1, 2 * fairCoin(fewer, n));
  // 2 P(X <= fewer) - P(X = fewer), without the difference of nearly equal numbers
  const midP = fixed === broken ? 1 : fairCoin(fewer, n) + fairCoin(fewer - 1, n);
  const difference = Math.abs(fixed - broken);
  return {
    fixed,
    broken,
    exactP,
    midP,
    asymptotic: chiSquared(n === 0 ? 0 : difference ** 2 / n),
    corrected: chiSquared(n === 0 ? 0 : Math.max(0, difference - 1) ** 2 / n),
    oddsRatio: oddsRatio(fixed, broken, confidence),
  };
}

/** P(X <= k) of n throws of a fair coin, as a regularised incomplete beta function. */
function fairCoin(k: number, n: number): number {
  if (k < 0) return 0;
  return k >= n ? 1 : betainc(0.5, n - k, k + 1, true, false);
}

function chiSquared(statistic: number) {
  return { statistic, p: statistic === 0 ? 1 : gammainc(statistic / 2, 0.5, true, true) };
}

function oddsRatio(fixed: number, broken: number, confidence: number): Estimate {
  if (broken === 0) return undefinedEstimate('no sample is broken');
  const { low, high } = wilsonInterval(fixed, fixed + broken, confidence);
  return { value: fixed / broken, low: low / (1 - low), high: high / (1 - high), method: 'transformed wilson' };
}

function checkCount(argument: string, value: number): void {
  if (!Number.isInteger(value) || value < 0) {
    throw new EvaluationInputError(argument, `is ${value}, expected a whole number from 0 on`);
  }
}
