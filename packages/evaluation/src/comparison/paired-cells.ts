import type { ClassSums } from '../confusion.ts';
import { Resampling } from '../multinomial.ts';
import type { RandomStream } from '../random.ts';
import type { PairedPredictions } from './paired-predictions.ts';

/** The class sums of two runs on the same (drawn) samples. They are overwritten by the next draw. */
interface PairedSums {
  first: ClassSums;
  second: ClassSums;
}

/**
 * Samples of two runs counted by truth and both predictions: all that metrics of labels depend on. Resampling a class's
 * samples makes the counts of its cells multinomial, which is drawn directly; only cells that occur are kept.
 */
export class PairedCells {
  readonly #labels: number;
  /** In three columns, ordered by class: truth, first, second. */
  readonly #truth: Int32Array;
  readonly #first: Int32Array;
  readonly #second: Int32Array;
  readonly #counts: Float64Array;
  readonly #classes: { offset: number; resampling: Resampling }[] = [];
  readonly #drawn: Float64Array;
  readonly #sums: PairedSums;

  /** @param p checked */
  constructor(p: PairedPredictions) {
    const k = p.labels.length;
    this.#labels = k;
    const counts = new Map<number, number>();
    for (let i = 0; i < p.truth.length; i++) {
      const key = (p.truth[i]! * (k + 1) + p.first[i]! + 1) * (k + 1) + p.second[i]! + 1;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const keys = [...counts.keys()].sort((a, b) => a - b);
    this.#truth = Int32Array.from(keys, (key) => Math.floor(key / (k + 1) ** 2));
    this.#first = Int32Array.from(keys, (key) => (Math.floor(key / (k + 1)) % (k + 1)) - 1);
    this.#second = Int32Array.from(keys, (key) => (key % (k + 1)) - 1);
    this.#counts = Float64Array.from(keys, (key) => counts.get(key)!);
    for (let offset = 0; offset < this.#truth.length;) {
      let end = offset;
      while (end < this.#truth.length && this.#truth[end] === this.#truth[offset]) end++;
      this.#classes.push({ offset, resampling: new Resampling(this.#counts.slice(offset, end)) });
      offset = end;
    }
    this.#drawn = new Float64Array(this.#counts.length);
    this.#sums = { first: emptySums(k), second: emptySums(k) };
  }

  /** Of the samples as they are. */
  sums(): PairedSums {
    return this.#add(this.#counts, { first: emptySums(this.#labels), second: emptySums(this.#labels) });
  }

  /** Of samples that are drawn anew within each class. */
  draw(random: RandomStream): PairedSums {
    this.#drawn.fill(0);
    for (const { offset, resampling } of this.#classes) resampling.draw(random, this.#drawn, offset);
    return this.#add(this.#drawn, this.#sums);
  }

  #add(counts: Float64Array, into: PairedSums): PairedSums {
    for (const sums of [into.first, into.second]) {
      sums.correct.fill(0);
      sums.support.fill(0);
      sums.predicted.fill(0);
      sums.missing = 0;
    }
    for (let cell = 0; cell < counts.length; cell++) {
      const truth = this.#truth[cell]!;
      addCell(into.first, truth, this.#first[cell]!, counts[cell]!);
      addCell(into.second, truth, this.#second[cell]!, counts[cell]!);
    }
    return into;
  }
}

function addCell(sums: ClassSums, truth: number, predicted: number, count: number): void {
  sums.support[truth]! += count;
  if (predicted < 0) sums.missing += count;
  else sums.predicted[predicted]! += count;
  if (predicted === truth) sums.correct[truth]! += count;
}

const emptySums = (k: number): ClassSums => ({
  correct: new Float64Array(k),
  support: new Float64Array(k),
  predicted: new Float64Array(k),
  missing: 0,
});
