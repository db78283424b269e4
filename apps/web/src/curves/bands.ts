import type { Value } from './smooth';

/** One run's curve: x ascending. */
export interface Curve {
  x: readonly number[];
  y: readonly Value[];
}

export interface Band {
  /** x and the mean of the runs that go so far. */
  mean: readonly (readonly [number, number])[];
  /** x, the smallest and the largest. */
  range: readonly (readonly [number, number, number])[];
}

/** Places at which curves are put together: as many as a chart has pixels for. */
const PLACES = 200;

/**
 * Puts the curves of a group together. Where a run has no point of its own it is taken to go straight from one to the
 * next; beyond its ends it does not count.
 */
export function bandOf(curves: readonly Curve[]): Band {
  const whole = curves
    .map(({ x, y }) => ({ points: x.flatMap((at, i) => (y[i] == null ? [] : [[at, y[i]] as const])) }))
    .filter(({ points }) => points.length > 0);
  const all = [...new Set(whole.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  const places = all.length <= PLACES ? all : spread(all[0]!, all.at(-1)!);
  const mean: [number, number][] = [];
  const range: [number, number, number][] = [];
  for (const x of places) {
    const values = whole.map(({ points }) => valueAt(points, x)).filter((value) => value !== undefined);
    if (values.length === 0) continue;
    mean.push([x, values.reduce((sum, value) => sum + value) / values.length]);
    range.push([x, Math.min(...values), Math.max(...values)]);
  }
  return { mean, range };
}

const spread = (low: number, high: number): number[] =>
  Array.from({ length: PLACES }, (_, i) => low + ((high - low) * i) / (PLACES - 1));

function valueAt(points: readonly (readonly [number, number])[], x: number): number | undefined {
  const first = points[0]![0];
  const last = points.at(-1)![0];
  if (x < first || x > last) return undefined;
  // The first point that is not before it.
  let [low, high] = [0, points.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle]![0] < x) low = middle + 1;
    else high = middle;
  }
  const [x2, y2] = points[low]!;
  const before = points[low - 1];
  if (x2 === x || !before) return y2;
  const [x1, y1] = before;
  return y1 + ((y2 - y1) * (x - x1)) / (x2 - x1);
}
