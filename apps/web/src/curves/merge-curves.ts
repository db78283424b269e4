import type { CurvesQuery } from '@/generated/graphql';

export type Series = CurvesQuery['metricSeries'][number];

/** What a subscription says of a metric. */
export interface Counted {
  key: string;
  /** Points of it in all. */
  count: number;
}

/** Points that a line may have before it is thinned out again. */
const MOST_POINTS = 800;

/** The step from which on new points are asked for: behind all that is there of these metrics. */
export const nextStep = (series: readonly Series[], keys: readonly string[]): number =>
  Math.min(...series.filter(({ key }) => keys.includes(key)).map(({ steps }) => Number(steps.at(-1)))) + 1;

/**
 * A run's curves with points that have come since.
 * @returns undefined where that is not all of it: points that came between others, or so many that they are to be
 *   thinned out
 */
export function withNewPoints(
  series: readonly Series[],
  fresh: readonly Series[],
  counted: readonly Counted[],
): Series[] | undefined {
  const merged = series.map((one) => {
    const more = fresh.find(({ key }) => key === one.key);
    if (!more) return one;
    // Some metrics were asked for from an earlier step on than their own last one.
    const start = more.steps.findIndex((step) => Number(step) > Number(one.steps.at(-1)));
    if (start < 0) return one;
    return {
      ...one,
      total: one.total + more.total - start,
      steps: [...one.steps, ...more.steps.slice(start)],
      times: [...one.times, ...more.times.slice(start)],
      values: [...one.values, ...more.values.slice(start)],
    };
  });
  const isAll = counted.every(({ key, count }) => merged.find((one) => one.key === key)?.total === count);
  const isShort = merged.every(({ steps }) => steps.length <= MOST_POINTS);
  const isWhole = fresh.every(({ total, steps }) => total === steps.length);
  return isAll && isShort && isWhole ? merged : undefined;
}
