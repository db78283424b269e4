/** A value of a curve; none where it is no finite number. */
export type Value = number | null;

/**
 * Exponential moving average with a start that is not pulled towards zero (the bias correction of Kingma and Ba, 2015,
 * section 3). Values that are missing stay missing, and leave the average as it is.
 * @param weight of what came before, 0 (none) to below 1
 */
export function smooth(values: readonly Value[], weight: number): Value[] {
  if (weight === 0) return [...values];
  let average = 0;
  let share = 0;
  return values.map((value) => {
    if (value === null) return null;
    average = weight * average + (1 - weight) * value;
    share = weight * share + (1 - weight);
    return average / share;
  });
}

/** The API's numbers, of which NaN and the infinities come as texts. */
export const valueOf = (value: number | string): Value => (typeof value === 'number' ? value : null);
