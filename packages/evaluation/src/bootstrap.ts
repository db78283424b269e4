import { classSums, flatten, type ClassSums, type ConfusionMatrix } from './confusion.ts';
import { NO_PREDICTION, type Predictions } from './predictions.ts';
import { Resampling } from './multinomial.ts';
import { randomStream } from './random.ts';

/**
 * Draws of a stratified bootstrap: each true class is resampled with its own size, as the samples of a class are drawn
 * anew with replacement (Efron and Tibshirani, 1993, ch. 8). Metrics of a confusion matrix depend on the samples only
 * through their cells, and resampling a class's samples makes its row multinomial; so the rows are drawn directly,
 * which gives exactly the same distribution, whatever the number of samples.
 *
 * @param matrix of whole counts
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

/**
 * The same for samples with weights, which are drawn one by one: samples of one cell are not alike then.
 * Costs samples x draws.
 */
export function* bootstrapWeightedSums(p: Predictions, draws: number, seed: number): Generator<ClassSums> {
  const k = p.labels.length;
  const random = randomStream(seed);
  const classes = p.labels.map((_, c) => Int32Array.from(indicesOf(p.truth, c)));
  const drawn = new Float64Array(k * (k + 1));
  for (let draw = 0; draw < draws; draw++) {
    drawn.fill(0);
    classes.forEach((members, t) => {
      for (let left = members.length; left > 0; left--) {
        const i = members[random.below(members.length)]!;
        const predicted = p.predicted[i]!;
        drawn[t * (k + 1) + (predicted === NO_PREDICTION ? k : predicted)]! += p.weights![i]!;
      }
    });
    yield classSums(drawn, k);
  }
}

function* indicesOf(column: Int16Array, value: number): Generator<number> {
  for (let i = 0; i < column.length; i++) if (column[i] === value) yield i;
}
