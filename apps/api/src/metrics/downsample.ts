/** A curve by ascending x. */
export interface Curve {
  x: Float64Array;
  y: Float64Array;
}

export type Downsampling = 'LTTB' | 'MIN_MAX';

/**
 * Positions of at most `points` points that show a curve's shape; all of them where it has no more. The first and the
 * last are among them, and so is the first NaN or infinity of each run of them, since a hole is what one looks for.
 * @param points from 3 on
 */
export function downsample({ x, y }: Curve, points: number, method: Downsampling): Uint32Array {
  if (y.length <= points) return Uint32Array.from(y.keys());
  const holes = holesOf(y, Math.floor(points / 4));
  const finite = Uint32Array.from(y.keys()).filter((i) => Number.isFinite(y[i]));
  const room = points - holes.length;
  const chosen =
    finite.length <= room ? finite : method === 'LTTB' ? triangles(x, y, finite, room) : extremes(y, finite, room);
  return Uint32Array.from([...holes, ...chosen]).sort();
}

/** First positions of runs of what is not finite. */
function holesOf(y: Float64Array, limit: number): number[] {
  const holes: number[] = [];
  for (let i = 0; i < y.length && holes.length < limit; i++) {
    if (!Number.isFinite(y[i]) && (i === 0 || Number.isFinite(y[i - 1]))) holes.push(i);
  }
  return holes;
}

/**
 * Largest triangle three buckets (Steinarsson 2013, section 4.2): of each bucket the point that makes the largest
 * triangle with the one chosen before and the mean of the next bucket.
 */
function triangles(x: Float64Array, y: Float64Array, at: Uint32Array, points: number): Uint32Array {
  const buckets = points - 2;
  /** The inner points, without the first and the last, in equal parts. */
  const start = (bucket: number): number => 1 + Math.floor((bucket * (at.length - 2)) / buckets);
  const chosen = new Uint32Array(points);
  chosen[0] = at[0]!;
  chosen[points - 1] = at.at(-1)!;
  for (let bucket = 0; bucket < buckets; bucket++) {
    const [from, to] = [start(bucket), start(bucket + 1)];
    const end = bucket === buckets - 1 ? at.length : start(bucket + 2);
    let [meanX, meanY] = [0, 0];
    for (let i = to; i < end; i++) {
      meanX += x[at[i]!]!;
      meanY += y[at[i]!]!;
    }
    meanX /= end - to;
    meanY /= end - to;
    const [beforeX, beforeY] = [x[chosen[bucket]!]!, y[chosen[bucket]!]!];
    let largest = -1;
    for (let i = from; i < to; i++) {
      const area = Math.abs((beforeX - meanX) * (y[at[i]!]! - beforeY) - (beforeX - x[at[i]!]!) * (meanY - beforeY));
      if (area > largest) {
        largest = area;
        chosen[bucket + 1] = at[i]!;
      }
    }
  }
  return chosen;
}

/** The lowest and the highest point of each bucket, and both ends. */
function extremes(y: Float64Array, at: Uint32Array, points: number): number[] {
  const buckets = Math.max(1, Math.floor((points - 2) / 2));
  const chosen = new Set([at[0]!, at.at(-1)!]);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((bucket * at.length) / buckets);
    const to = Math.floor(((bucket + 1) * at.length) / buckets);
    let [lowest, highest] = [at[from]!, at[from]!];
    for (let i = from; i < to; i++) {
      if (y[at[i]!]! < y[lowest]!) lowest = at[i]!;
      if (y[at[i]!]! > y[highest]!) highest = at[i]!;
    }
    chosen.add(lowest).add(highest);
  }
  return [...chosen];
}
