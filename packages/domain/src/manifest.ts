import { createHash, type Hash } from 'node:crypto';
import { SPLITS, type Split } from './dataset-source.ts';
import type { Digest } from './digest.ts';

/** A sample as a version's manifest has it. */
export interface ManifestRow {
  index: number;
  split: Split;
  /** Index into the version's labels. */
  label: number;
  /** Of its image. */
  digest: Digest;
}

/** A split whose labels are hidden, and what stands for them. */
export interface SealedSplit {
  split: Split;
  /** 32 random bytes in hexadecimal digits. */
  salt: string;
  /** SHA-256 over the salt and, for each sample in order, its index and label: without the salt no guess can be tried. */
  commitment: Digest;
}

/**
 * Identifies a version's content: SHA-256 over the labels as JSON, then a line for each sample with its index, split,
 * label's index and image. Names of files are not part of it. The labels of a hidden split are left out, and its
 * commitment comes at the end: once salt and labels are told, anybody can see that they have not been changed since.
 */
export class Manifest {
  readonly #hash = createHash('sha256');
  readonly #hidden: ReadonlyMap<Split, { salt: string; hash: Hash }>;

  /** @param salts of the splits whose labels are hidden */
  constructor(labels: readonly string[], salts: ReadonlyMap<Split, string> = new Map()) {
    this.#hash.update(`samplewise-manifest-${salts.size === 0 ? 1 : 2}\n${JSON.stringify(labels)}\n`);
    const hidden = SPLITS.flatMap((split): [Split, { salt: string; hash: Hash }][] => {
      const salt = salts.get(split);
      if (salt === undefined) return [];
      return [[split, { salt, hash: createHash('sha256').update(`samplewise-labels-1\n${salt}\n`) }]];
    });
    this.#hidden = new Map(hidden);
  }

  /** In the order of their indices. */
  add({ index, split, label, digest }: ManifestRow): void {
    const hidden = this.#hidden.get(split);
    hidden?.hash.update(`${index} ${label}\n`);
    this.#hash.update(`${index} ${split} ${hidden ? '-' : label} ${digest}\n`);
  }

  end(): { digest: Digest; sealed: SealedSplit[] } {
    const sealed = [...this.#hidden].map(([split, { salt, hash }]) => ({
      split,
      salt,
      commitment: hash.digest('hex'),
    }));
    for (const { split, commitment } of sealed) this.#hash.update(`hidden ${split} ${commitment}\n`);
    return { digest: this.#hash.digest('hex'), sealed };
  }
}

/** Metrics of a run that are made of its samples' labels. They are not logged where these are hidden. */
export const LABEL_FIGURES = ['accuracy', 'balanced_accuracy', 'macro_f1'] as const;
export type LabelFigure = (typeof LABEL_FIGURES)[number];

/** From so many standard deviations on, an order is no chance. */
const TELLING = 4;

/**
 * Whether the order of samples tells their labels, as in a file that goes class by class, or through the classes in turn:
 * there are far fewer, or far more, stretches of one label than a shuffled order has (Wald and Wolfowitz, 1940; for many
 * classes Mood, 1940, Annals of Mathematical Statistics 11, 367).
 * @param labels in the order of the samples
 */
export function orderTells(labels: Iterable<number>): boolean {
  const counts = new Map<number, number>();
  let n = 0;
  let stretches = 0;
  let before: number | undefined;
  for (const label of labels) {
    n++;
    if (label !== before) stretches++;
    before = label;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  if (n < 2 || counts.size < 2) return false;
  const sum = (power: number): number => [...counts.values()].reduce((total, count) => total + count ** power, 0);
  const [squares, cubes] = [sum(2), sum(3)];
  const mean = (n * (n + 1) - squares) / n;
  const variance = (squares * (squares + n * (n + 1)) - 2 * n * cubes - n ** 3) / (n ** 2 * (n - 1));
  return Math.abs(stretches - mean) > TELLING * Math.sqrt(variance);
}
