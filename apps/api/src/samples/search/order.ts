import { IMAGE_STATE } from '@samplewise/database';
import { refusal } from '../../comparison/comparable-runs.ts';
import type { VersionSamples } from '../version-samples.ts';
import type { Answering } from './match.ts';
import type { OrderBy, SampleOrder, Statistic } from './query.ts';

/** The value by which a sample is ordered; NaN: none, which comes last in either direction. */
type Value = (index: number) => number;

/** Samples in their order, with the values that they are ordered by; samples of one value are in the order of their index. */
export interface Ordered {
  indices: Int32Array;
  /** Of the sample at each place; none where the order is that of the indices. */
  values: Float64Array | undefined;
  direction: SampleOrder['direction'];
}

/** @throws InvalidInput where it needs runs, and there are none */
export function ordered(
  samples: VersionSamples,
  found: Int32Array,
  { by, direction }: SampleOrder,
  runs: Answering,
): Ordered {
  if (by === 'INDEX')
    return { indices: direction === 'ASC' ? found : found.toReversed(), values: undefined, direction };
  const value = valueOf(samples, by, runs);
  const column = new Float64Array(samples.truth.length);
  for (const index of found) column[index] = value(index);
  const indices = found.toSorted((a, b) => compare(column[a]!, a, column[b]!, b, direction));
  return { indices, values: Float64Array.from(indices, (index) => column[index]!), direction };
}

/** Below 0: the first comes first. */
function compare(x: number, a: number, y: number, b: number, direction: SampleOrder['direction']): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b;
  return (direction === 'ASC' ? x - y : y - x) || a - b;
}

/** The place of a sample among the ordered, or where it would stand. */
export function placeIn({ indices, values, direction }: Ordered, value: number, index: number): number {
  let [low, high] = [0, indices.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = values
      ? compare(values[middle]!, indices[middle]!, value, index, direction)
      : (indices[middle]! - index) * (direction === 'ASC' ? 1 : -1);
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function valueOf(samples: VersionSamples, by: Exclude<OrderBy, 'INDEX'>, runs: Answering): Value {
  if (by === 'CONFIDENCE' || by === 'HARDNESS') {
    const [first] = runs;
    if (!first) throw refusal('INVALID_VALUE', 'order.by', 'It needs a run.', by, 'Name one in filter.runs.');
    return by === 'CONFIDENCE' ? (i) => first.confidence[i]! : hardness(samples, runs);
  }
  const column = samples[by.toLowerCase() as Statistic];
  return (i) => (samples.state[i] === IMAGE_STATE.MEASURED ? column[i]! : NaN);
}

/** How many runs are wrong, and among equals how sure these are of it. */
function hardness({ truth }: VersionSamples, runs: Answering): Value {
  return (i) => {
    let [wrong, sure] = [0, 0];
    for (const { predicted, confidence } of runs) {
      if (predicted[i] === truth[i]) continue;
      wrong++;
      // Scores need not be probabilities.
      sure += Math.min(1, Math.max(0, confidence[i]! || 0));
    }
    return wrong + (wrong === 0 ? 0 : (0.999 * sure) / wrong);
  };
}
