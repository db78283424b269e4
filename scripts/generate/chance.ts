import { createHash } from 'node:crypto';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** A stream of random numbers: the same for the same seed and part, so that parts can be made in any order. */
export class Chance {
  readonly #generator: RandomGenerator;
  #spare: number | undefined;

  constructor(seed: number, part: string) {
    const hash = createHash('sha256').update(`${seed} ${part}`).digest();
    this.#generator = xoroshiro128plus(hash.readInt32LE(0));
  }

  /** In [0, 1). */
  uniform(): number {
    return (this.#generator.next() >>> 0) / 2 ** 32;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** A whole number from 0 to below `bound`. */
  below(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  happens(probability: number): boolean {
    return this.uniform() < probability;
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  /** Standard normal (Box and Muller, 1958). */
  normal(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare;
      this.#spare = undefined;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** Puts the list into a random order (Fisher and Yates). */
  shuffle(list: Int16Array | Uint8Array): void {
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [list[i], list[j]] = [list[j]!, list[i]!];
    }
  }
}
