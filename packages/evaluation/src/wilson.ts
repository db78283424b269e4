import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { undefinedEstimate, type Estimate } from './estimate.ts';
import type { Interval } from './intervals.ts';

/**
 * Wilson's score interval of a proportion (Wilson, 1927; Brown, Cai and DasGupta, 2001). It stays within 0..1 and keeps
 * its coverage near the ends, where the textbook interval fails.
 */
export function wilsonInterval(successes: number, trials: number, confidence: number): Interval {
  const z = normalQuantile((1 + confidence) / 2, 0, 1);
  const p = successes / trials;
  const z2 = z * z;
  const centre = p + z2 / (2 * trials);
  const spread = z * Math.sqrt((p * (1 - p)) / trials + z2 / (4 * trials * trials));
  const scale = 1 + z2 / trials;
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}

/** @param reason why the proportion is undefined without trials */
export function proportion(successes: number, trials: number, confidence: number, reason: string): Estimate {
  if (trials === 0) return undefinedEstimate(reason);
  return { value: successes / trials, ...wilsonInterval(successes, trials, confidence), method: 'wilson' };
}
