import { classSums, flatten, type ClassSums, type ConfusionMatrix } from './confusion.ts';
import { randomStream, Resampling } from './multinomial.ts';

/**
 * Draws of a stratified bootstrap: each true class is resampled with its own size, as the samples of a class are drawn
 * anew with replacement (Efron and Tibshirani, 1993, ch. 8). Metrics of a confusion matrix depend on the samples only
 * through their cells, and resampling a class's samples makes its row multinomial; so the rows are drawn directly,
 * which gives exactly the same distribution, whatever the number of samples.
 *
 * @returns the class sums of one draw after another; the same seed gives the same draws
 */
export function* bootstrapClassSums(matrix: ConfusionMatrix, draws: number, seed: number): Generator<ClassSums> {
  const k = matrix.labels.length;
  const observed = flatten(matrix);
  const random = randomStream(seed);
  const rows = matrix.labels.map((_, t) => new Resampling(observed.subarray(t * (k + 1), (t + 1) * (k + 1))));
  const drawn = new Float64Array(observed.length);
  for (let draw = 0; draw < draws; draw++) {
    drawn.fill(0);
    rows.forEach((row, t) => {
      row.draw(random, drawn, t * (k + 1));
    });
    yield classSums(drawn, k);
  }
}

/** Percentile interval (Efron, 1979) of the draws; NaN draws, where the metric is undefined, are left out. */
export function percentileInterval(
  values: Float64Array,
  confidence: number,
): { low: number; high: number } | undefined {
  const sorted = values.filter((v) => !Number.isNaN(v)).sort();
  if (sorted.length === 0) return undefined;
  const tail = (1 - confidence) / 2;
  return { low: quantile(sorted, tail), high: quantile(sorted, 1 - tail) };
}

/** Linear interpolation between order statistics: type 7 of Hyndman and Fan (1996), numpy's default. */
export function quantile(sorted: Float64Array, q: number): number {
  const position = (sorted.length - 1) * q;
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}
