import { EvaluationInputError } from '../errors.ts';
import { evaluate, type Evaluation, type EvaluationOptions } from '../evaluate.ts';
import { checkLabelColumn, checkLength, checkPredictions, type Predictions } from '../predictions.ts';
import type { Slicing } from './slicing.ts';

const MOST_SLICES = 1000;

export interface SliceEvaluation {
  readonly value: string;
  readonly samples: number;
  /** Of the slice's samples alone; null for an empty slice. */
  readonly evaluation: Evaluation | null;
}

export interface SlicedEvaluation {
  readonly name: string;
  /** How many slices have samples: that many looks at chance, which single intervals do not account for. */
  readonly looks: number;
  readonly slices: readonly SliceEvaluation[];
}

/**
 * Evaluates each slice as if there were nothing else.
 * @throws EvaluationInputError naming the argument and the index
 */
export function evaluateSlices(p: Predictions, slicing: Slicing, options: EvaluationOptions = {}): SlicedEvaluation {
  checkPredictions(p);
  const { name, values, codes } = slicing;
  if (values.length > MOST_SLICES) {
    throw new EvaluationInputError('values', `are ${values.length} slices, of which there may be ${MOST_SLICES}`);
  }
  checkLength('codes', codes.length, p.truth.length);
  checkLabelColumn('codes', codes, 0, values.length);
  const members = values.map((): number[] => []);
  codes.forEach((code, i) => members[code]!.push(i));
  const slices = values.map((value, s): SliceEvaluation => {
    const indices = members[s]!;
    const evaluation = indices.length === 0 ? null : evaluate(subset(p, indices), options);
    return { value, samples: indices.length, evaluation };
  });
  return { name, looks: slices.filter((slice) => slice.samples > 0).length, slices };
}

function subset(p: Predictions, indices: readonly number[]): Predictions {
  const k = p.labels.length;
  return {
    labels: p.labels,
    truth: Int16Array.from(indices, (i) => p.truth[i]!),
    predicted: Int16Array.from(indices, (i) => p.predicted[i]!),
    ...(p.scores && { scores: Float32Array.from(indices.flatMap((i) => [...p.scores!.subarray(i * k, (i + 1) * k)])) }),
    ...(p.latencyMicros && { latencyMicros: Int32Array.from(indices, (i) => p.latencyMicros![i]!) }),
    ...(p.weights && { weights: Float64Array.from(indices, (i) => p.weights![i]!) }),
  };
}
