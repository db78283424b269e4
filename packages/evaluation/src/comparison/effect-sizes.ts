import { undefinedEstimate, type Estimate } from '../estimate.ts';
import { wilsonInterval } from '../wilson.ts';

/** How many samples both runs have right, only one of them, or none. */
export interface PairedCounts {
  readonly bothRight: number;
  readonly fixed: number;
  readonly broken: number;
  readonly bothWrong: number;
}

/**
 * Difference of two accuracies on the same samples, second - first, with the interval of Newcombe (1998, method 10):
 * Wilson's limits of both, combined by squares under the correlation of being right.
 * Precondition: there are samples.
 */
export function accuracyDifference(counts: PairedCounts, confidence: number): Estimate {
  const { bothRight, fixed, broken, bothWrong } = counts;
  const n = bothRight + fixed + broken + bothWrong;
  const [rightFirst, rightSecond] = [bothRight + broken, bothRight + fixed];
  const [first, second] = [rightFirst / n, rightSecond / n];
  const a = wilsonInterval(rightFirst, n, confidence);
  const b = wilsonInterval(rightSecond, n, confidence);
  const phi = correlation(counts, n, rightFirst, rightSecond);
  const distance = (x: number, y: number): number => Math.sqrt(Math.max(0, x * x - 2 * phi * x * y + y * y));
  const value = (fixed - broken) / n;
  return {
    value,
    low: Math.max(-1, value - distance(second - b.low, a.high - first)),
    high: Math.min(1, value + distance(b.high - second, first - a.low)),
    method: 'newcombe',
  };
}

/** With the correction of continuity that Newcombe found to be needed where the correlation is positive. */
function correlation(
  { bothRight, fixed, broken, bothWrong }: PairedCounts,
  n: number,
  rightFirst: number,
  rightSecond: number,
): number {
  const product = rightFirst * (n - rightFirst) * rightSecond * (n - rightSecond);
  if (product === 0) return 0;
  const determinant = bothRight * bothWrong - fixed * broken;
  return (determinant > 0 ? Math.max(0, determinant - n / 2) : determinant) / Math.sqrt(product);
}

/**
 * Cohen's g (1988): how far the share of `fixed` among the samples that tell the runs apart is from one half. Small,
 * medium and large from 0.05, 0.15 and 0.25 on. Its interval is Wilson's, shifted.
 */
export function cohenG(fixed: number, broken: number, confidence: number): Estimate {
  const n = fixed + broken;
  if (n === 0) return undefinedEstimate('no sample tells the runs apart');
  const { low, high } = wilsonInterval(fixed, n, confidence);
  return { value: fixed / n - 0.5, low: low - 0.5, high: high - 0.5, method: 'wilson' };
}

/**
 * Cohen's h (1988) between two proportions: the difference of 2 arcsin(sqrt(p)), second - first. Small, medium and large
 * from 0.2, 0.5 and 0.8 on.
 */
export function cohenH(first: number, second: number): number {
  return 2 * Math.asin(Math.sqrt(second)) - 2 * Math.asin(Math.sqrt(first));
}
