import { randomBytes } from 'node:crypto';
import type { FactsOfImage, ImageMeasurements } from '@samplewise/database';
import { Manifest, SPLITS, type Digest, type ManifestRow, type SealedSplit, type Split } from '@samplewise/domain';
import type { StorableImage } from '../source.ts';

const DIGEST_BYTES = 32;
const MEDIA_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const satisfies StorableImage['mediaType'][];

export interface SampleRow extends ManifestRow {
  source: string;
}

export interface BlobRow {
  digest: Digest;
  size: number;
  mediaType: string;
}

/** A version's samples in columns: 64 bytes for each and its source's name, so that two million fit into memory. */
export class SampleColumns {
  readonly labels: readonly string[];
  readonly #digests: Buffer;
  readonly #splits: Uint8Array;
  readonly #labels: Int16Array;
  readonly #sizes: Uint32Array;
  readonly #mediaTypes: Uint8Array;
  /** Width and height, brightness, contrast and sharpness side by side; NaN for none. */
  readonly #sides: Uint16Array;
  readonly #figures: Float32Array;
  readonly #hashes: BigUint64Array;
  readonly #sources: string[] = [];
  /** Where a row of the manifest was read to; none: where it stands. */
  #order: Uint32Array | undefined;
  #length = 0;

  constructor(labels: readonly string[], capacity: number) {
    this.labels = labels;
    this.#digests = Buffer.alloc(capacity * DIGEST_BYTES);
    this.#splits = new Uint8Array(capacity);
    this.#labels = new Int16Array(capacity);
    this.#sizes = new Uint32Array(capacity);
    this.#mediaTypes = new Uint8Array(capacity);
    this.#sides = new Uint16Array(2 * capacity);
    this.#figures = new Float32Array(3 * capacity);
    this.#hashes = new BigUint64Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  set(row: SampleRow, image: Pick<StorableImage, 'mediaType' | 'facts'> & { size: number }): void {
    const { index } = row;
    this.#digests.write(row.digest, index * DIGEST_BYTES, 'hex');
    this.#splits[index] = SPLITS.indexOf(row.split);
    this.#labels[index] = row.label;
    this.#sizes[index] = image.size;
    this.#mediaTypes[index] = MEDIA_TYPES.indexOf(image.mediaType);
    const { width, height, brightness, contrast, sharpness, hash } = image.facts;
    this.#sides.set([width, height], 2 * index);
    this.#figures.set([brightness, contrast, sharpness ?? NaN], 3 * index);
    this.#hashes[index] = hash;
    this.#sources[index] = row.source;
    this.#length++;
  }

  /** Samples of a split. */
  count(split: Split): number {
    const position = SPLITS.indexOf(split);
    return this.#splits.subarray(0, this.#length).reduce((n, at) => n + (at === position ? 1 : 0), 0);
  }

  /** In the order of the manifest. */
  *rows(): Generator<SampleRow> {
    for (let index = 0; index < this.#length; index++) {
      const at = this.#at(index);
      const source = this.#sources[at];
      if (source === undefined) throw new Error(`Sample ${at} of ${this.#length} has not been read.`);
      yield {
        index,
        split: SPLITS[this.#splits[at]!]!,
        label: this.#labels[at]!,
        digest: this.#digestAt(at).toString('hex'),
        source,
      };
    }
  }

  /** One for each sample, so that a blob may come more than once. */
  *blobs(): Generator<BlobRow> {
    for (const { index, digest } of this.rows()) {
      const at = this.#at(index);
      yield { digest, size: this.#sizes[at]!, mediaType: MEDIA_TYPES[this.#mediaTypes[at]!]! };
    }
  }

  /** One for each sample, too. */
  *images(): Generator<FactsOfImage> {
    for (const { index, digest } of this.rows()) yield { digest, facts: this.#factsAt(this.#at(index)) };
  }

  /**
   * Puts the samples of these splits to the end, by the digests of their images: an order that tells nothing of their
   * labels, as that of a file does which goes class by class.
   */
  conceal(splits: readonly Split[]): void {
    const hidden = new Set(splits.map((split) => SPLITS.indexOf(split)));
    const rows = Array.from({ length: this.#length }, (_, at) => at);
    // The same image may come twice, with two labels.
    const chance = randomBytes(4 * this.#length);
    const byDigest = (a: number, b: number): number =>
      this.#splits[a]! - this.#splits[b]! ||
      this.#digestAt(a).compare(this.#digestAt(b)) ||
      chance.readInt32LE(4 * a) - chance.readInt32LE(4 * b);
    const isHidden = (at: number): boolean => hidden.has(this.#splits[at]!);
    const open = rows.filter((at) => !isHidden(at));
    this.#order = Uint32Array.from([...open, ...rows.filter(isHidden).sort(byDigest)]);
  }

  /** @param hidden splits whose labels are hidden */
  identify(hidden: readonly Split[]): { digest: Digest; sealed: SealedSplit[] } {
    const manifest = new Manifest(
      this.labels,
      new Map(hidden.map((split) => [split, randomBytes(DIGEST_BYTES).toString('hex')])),
    );
    for (const row of this.rows()) manifest.add(row);
    return manifest.end();
  }

  #at(index: number): number {
    return this.#order === undefined ? index : this.#order[index]!;
  }

  #factsAt(index: number): ImageMeasurements {
    const [width, height] = this.#sides.subarray(2 * index);
    const [brightness, contrast, sharpness] = this.#figures.subarray(3 * index);
    return {
      width: width!,
      height: height!,
      brightness: brightness!,
      contrast: contrast!,
      sharpness: Number.isNaN(sharpness!) ? null : sharpness!,
      hash: this.#hashes[index]!,
    };
  }

  #digestAt(index: number): Buffer {
    return this.#digests.subarray(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES);
  }
}
