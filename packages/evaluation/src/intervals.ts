import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Percentile interval (Efron, 1979) of the draws; NaN draws, where the metric is undefined, are left out. */
export function percentileInterval(values: Float64Array, confidence: number): Interval | undefined {
  const tail = (1 - confidence) / 2;
  return between(values, tail, 1 - tail);
}

/**
 * One sample's influence on a metric: how the metric changes when it is left out, for `count` samples alike of a stratum
 * of `size` samples.
 */
export interface Influence {
  /** The metric of the remaining samples, NaN where it is undefined. */
  readonly without: number;
  readonly count: number;
  /** Which stratum the samples are resampled in. */
  readonly stratum: number;
  readonly size: number;
}

/**
 * Bias-corrected and accelerated interval (Efron, 1987). The bias correction counts half of the draws that equal the
 * value, since draws of a metric of few samples have ties. The acceleration is that of several independent samples
 * (Davison and Hinkley, 1997, section 5.4), from the jackknife: with l the influence of a sample, in strata of n samples,
 * a = 1/6 sum(l^3 / n^3) / (sum(l^2 / n^2))^(3/2). Falls back to the percentile interval where every draw is on one side.
 */
export function bcaInterval(
  value: number,
  values: Float64Array,
  influences: readonly Influence[],
  confidence: number,
): Interval | undefined {
  const defined = values.filter((v) => !Number.isNaN(v));
  if (defined.length === 0) return undefined;
  let below = 0;
  for (const draw of defined) below += draw < value ? 1 : draw === value ? 0.5 : 0;
  const bias = normalQuantile(below / defined.length, 0, 1);
  if (!Number.isFinite(bias)) return percentileInterval(defined, confidence);
  const acceleration = accelerationOf(influences);
  const tail = (1 - confidence) / 2;
  const adjusted = (q: number): number => {
    const z = bias + normalQuantile(q, 0, 1);
    return normalCdf(bias + z / (1 - acceleration * z), 0, 1);
  };
  return between(defined, adjusted(tail), adjusted(1 - tail));
}

function accelerationOf(influences: readonly Influence[]): number {
  const strata = new Map<number, Influence[]>();
  for (const influence of influences) {
    if (Number.isNaN(influence.without)) continue;
    const stratum = strata.get(influence.stratum) ?? [];
    stratum.push(influence);
    strata.set(influence.stratum, stratum);
  }
  let cubes = 0;
  let squares = 0;
  for (const members of strata.values()) {
    const count = members.reduce((sum, m) => sum + m.count, 0);
    const mean = members.reduce((sum, m) => sum + m.count * m.without, 0) / count;
    for (const { without, count: alike, size } of members) {
      const influence = (size - 1) * (mean - without);
      cubes += (alike * influence ** 3) / size ** 3;
      squares += (alike * influence ** 2) / size ** 2;
    }
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

function between(values: Float64Array, lower: number, upper: number): Interval | undefined {
  const sorted = values.filter((v) => !Number.isNaN(v)).sort();
  if (sorted.length === 0) return undefined;
  return { low: quantile(sorted, lower), high: quantile(sorted, upper) };
}

/** Linear interpolation between order statistics: type 7 of Hyndman and Fan (1996), numpy's default. */
export function quantile(sorted: Float64Array, q: number): number {
  const position = (sorted.length - 1) * q;
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}
