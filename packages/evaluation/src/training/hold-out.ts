import { EvaluationInputError } from '../errors.ts';
import { randomStream } from '../random.ts';

/** Two parts of the same samples, both in ascending order. */
export interface HeldOut {
  training: Int32Array;
  validation: Int32Array;
}

/**
 * Draws a part of each class to be kept from the training; the same seed draws the same one. At least one sample of each
 * class stays in the training, so that a class of one sample is not held out.
 * @param rows to be divided
 * @param share of each class, above 0 and below 1, rounded to whole samples
 */
export function holdOut(labels: Int32Array, rows: Int32Array, share: number, seed: number): HeldOut {
  if (!(share > 0 && share < 1)) throw new EvaluationInputError('share', `${share} is not between 0 and 1`);
  const random = randomStream(seed);
  const byClass = Map.groupBy(rows, (row) => labels[row]!);
  const held = new Set<number>();
  for (const [, members] of [...byClass].sort(([a], [b]) => a - b)) {
    const count = Math.min(members.length - 1, Math.round(members.length * share));
    // Fisher and Yates, as far as it is needed.
    for (let i = 0; i < count; i++) {
      const j = i + random.below(members.length - i);
      [members[i], members[j]] = [members[j]!, members[i]!];
      held.add(members[i]!);
    }
  }
  return { training: rows.filter((row) => !held.has(row)), validation: rows.filter((row) => held.has(row)) };
}
