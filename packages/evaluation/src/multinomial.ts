import type { RandomStream } from './random.ts';

/** From this count on one binomial costs less than drawing the cell's samples one by one. */
const LARGE = 16;

/**
 * Resamples a set of samples that fall into cells, with replacement and with its own size: a multinomial with the
 * observed counts as weights. Exactly so, in time that hardly grows with the samples: large cells are drawn as a chain
 * of binomials, each given what the cells before it have left; the samples that are left for the small cells are drawn
 * one by one. (Largest first, because a binomial of a small mean out of many trials is slow.)
 */
export class Resampling {
  readonly #large: { at: number; share: number }[] = [];
  /** The cell of each sample that is in a small cell. */
  readonly #rest: Uint32Array;
  readonly #size: number;

  /** @param counts samples in each cell, whole numbers */
  constructor(counts: ArrayLike<number>) {
    const order = Array.from({ length: counts.length }, (_, i) => i).filter((i) => counts[i]! > 0);
    order.sort((a, b) => counts[b]! - counts[a]! || a - b);
    let left = order.reduce((sum, i) => sum + counts[i]!, 0);
    this.#size = left;
    const small = order.filter((i) => counts[i]! < LARGE);
    for (const at of order.slice(0, order.length - small.length)) {
      this.#large.push({ at, share: Math.min(1, counts[at]! / left) });
      left -= counts[at]!;
    }
    this.#rest = Uint32Array.from(small.flatMap((at) => new Array<number>(counts[at]!).fill(at)));
  }

  /** Adds one draw to `into`, which has an element for each cell from `offset` on. */
  draw(random: RandomStream, into: Float64Array, offset = 0): void {
    let left = this.#size;
    for (const { at, share } of this.#large) {
      if (left === 0) return;
      const count = share === 1 ? left : random.binomial(left, share);
      into[offset + at]! += count;
      left -= count;
    }
    for (; left > 0; left--) into[offset + this.#rest[random.below(this.#rest.length)]!]!++;
  }
}
