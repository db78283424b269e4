export interface Point {
  x: number;
  y: number;
}

/** Which end of an axis is better. */
export type Better = 'lower' | 'higher';

/**
 * Points that no other one beats: none is as good in both and better in one. Points at the same place are on it together.
 * @returns from the best x on
 */
export function paretoFront<P extends Point>(points: readonly P[], better: { x: Better; y: Better }): P[] {
  const sign = { x: better.x === 'lower' ? 1 : -1, y: better.y === 'lower' ? 1 : -1 };
  const sorted = points.toSorted((a, b) => sign.x * (a.x - b.x) || sign.y * (a.y - b.y));
  const front: P[] = [];
  let best = Infinity;
  for (const point of sorted) {
    const y = sign.y * point.y;
    const last = front.at(-1);
    if (y < best || (last?.x === point.x && last.y === point.y)) front.push(point);
    best = Math.min(best, y);
  }
  return front;
}
