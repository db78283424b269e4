import { EvaluationInputError } from '../errors.ts';
import { exactEstimate, undefinedEstimate, type Estimate } from '../estimate.ts';

export interface QualityAndCost {
  readonly id: string;
  /** More is better, such as an accuracy. */
  readonly quality: number;
  /** Less is better, from 0 on: seconds, joules, a currency. */
  readonly cost: number;
}

export interface ParetoPoint extends QualityAndCost {
  /** A point of the front that is no worse in both and better in one; null on the front. */
  readonly dominatedBy: string | null;
  /** quality / cost. */
  readonly qualityPerCost: Estimate;
}

/**
 * Which points are worth their cost: a point is on the front unless another one is no worse in both and better in one.
 * Equal points are on it together.
 * @returns the points in the order given
 * @throws EvaluationInputError for a figure that is no number, a cost below 0, or an id that comes twice
 */
export function paretoFront(points: readonly QualityAndCost[]): ParetoPoint[] {
  checkPoints(points);
  const order = points
    .map((_, i) => i)
    .sort((a, b) => {
      const [x, y] = [points[a]!, points[b]!];
      return x.cost - y.cost || y.quality - x.quality || a - b;
    });
  const result = new Array<ParetoPoint>(points.length);
  let best: QualityAndCost | undefined;
  for (const at of order) {
    const point = points[at]!;
    const equal = best?.quality === point.quality && best.cost === point.cost;
    const dominated = best !== undefined && !equal && best.quality >= point.quality;
    if (!dominated && !equal) best = point;
    const qualityPerCost =
      point.cost === 0 ? undefinedEstimate('it costs nothing') : exactEstimate(point.quality / point.cost);
    result[at] = { ...point, dominatedBy: dominated ? best!.id : null, qualityPerCost };
  }
  return result;
}

function checkPoints(points: readonly QualityAndCost[]): void {
  const ids = new Set<string>();
  points.forEach(({ id, quality, cost }, i) => {
    if (!Number.isFinite(quality)) throw new EvaluationInputError('quality', `is ${quality}, expected a number`, i);
    if (!(cost >= 0 && cost < Infinity)) throw new EvaluationInputError('cost', `is ${cost}, expected 0 or more`, i);
    if (ids.has(id)) throw new EvaluationInputError('id', `'${id}' comes twice`, i);
    ids.add(id);
  });
}
