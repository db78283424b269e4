import { EvaluationInputError } from '../errors.ts';

/** Samples to learn from, or to judge by. */
export interface LabelledFeatures {
  /** Row-major, one row of `width` numbers a sample. */
  features: Float32Array;
  width: number;
  /** Class of each row, from 0. */
  labels: Int32Array;
  /** Rows that count; all unless given. So two sets share one large array. */
  rows?: Int32Array;
}

/** The rows that count. */
export const rowsOf = ({ labels, rows }: LabelledFeatures): Int32Array => rows ?? Int32Array.from(labels.keys());

/** @throws EvaluationInputError naming what does not fit */
export function checkSamples(argument: string, samples: LabelledFeatures, classes: number): void {
  const { features, width, labels, rows } = samples;
  if (!Number.isInteger(width) || width < 1) throw new EvaluationInputError(argument, `a width of ${width}`);
  if (features.length !== labels.length * width) {
    throw new EvaluationInputError(
      `${argument}.features`,
      `${features.length} numbers are not ${labels.length} rows of ${width}`,
    );
  }
  if (rows?.length === 0 || labels.length === 0) throw new EvaluationInputError(argument, 'no samples');
  for (const row of rowsOf(samples)) {
    const label = labels[row];
    if (label === undefined) throw new EvaluationInputError(`${argument}.rows`, `there is no row ${row}`);
    if (label < 0 || label >= classes) {
      throw new EvaluationInputError(`${argument}.labels`, `class ${label} of ${classes}`, row);
    }
    for (let i = row * width; i < (row + 1) * width; i++) {
      if (!Number.isFinite(features[i]))
        throw new EvaluationInputError(`${argument}.features`, `it is ${features[i]}`, i);
    }
  }
}

/** Samples of each class. */
export function countClasses({ labels }: LabelledFeatures, rows: Int32Array, classes: number): Float64Array {
  const counts = new Float64Array(classes);
  for (const row of rows) counts[labels[row]!]!++;
  return counts;
}
