/** At most this chance of seeing such a difference between runs that are equally good. */
export const LEVEL = 0.05;

export type Verdict = 'better' | 'worse' | 'no difference shown';

/**
 * What a paired test says of a run beside its reference.
 * @param adjustedP of McNemar's test, corrected for the number of runs
 * @param fixed samples that only the run has right
 * @param broken samples that only the reference has right
 */
export function verdictOf(adjustedP: number, fixed: number, broken: number): Verdict {
  if (adjustedP > LEVEL || fixed === broken) return 'no difference shown';
  return fixed > broken ? 'better' : 'worse';
}

/** 0.00004 -> '< 0.001', 0.0312 -> '0.031' */
export const pValue = (p: number): string => (p < 0.001 ? '<\u00a00.001' : p.toFixed(3));

/** In points of percent, with its sign: 0.0213 -> '+2.13', -0.004 -> '−0.40' */
export function points(difference: number): string {
  const text = Math.abs(difference * 100).toFixed(2);
  const sign = Number(text) === 0 ? '±' : difference > 0 ? '+' : '−';
  return `${sign}${text}`;
}
