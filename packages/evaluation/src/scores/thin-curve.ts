import { EvaluationInputError } from '../errors.ts';

/**
 * At most `maximum` points of a curve, evenly taken, the first and the last among them. Figures are to be computed from
 * the whole curve before.
 * @param maximum a whole number from 2 on
 * @throws EvaluationInputError
 */
export function thinCurve<T>(points: readonly T[], maximum: number): readonly T[] {
  if (!Number.isInteger(maximum) || maximum < 2) {
    throw new EvaluationInputError('maximum', `is ${maximum}, expected a whole number from 2 on`);
  }
  if (points.length <= maximum) return points;
  return Array.from({ length: maximum }, (_, i) => points[Math.round((i * (points.length - 1)) / (maximum - 1))]!);
}
