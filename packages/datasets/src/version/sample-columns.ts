import { createHash } from 'node:crypto';
import type { FactsOfImage, ImageMeasurements } from '@samplewise/database';
import { SPLITS, type Digest, type Split } from '@samplewise/domain';
import type { StorableImage } from '../source.ts';

const DIGEST_BYTES = 32;
const MEDIA_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const satisfies StorableImage['mediaType'][];

export interface SampleRow {
  index: number;
  split: Split;
  label: number;
  digest: Digest;
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

  /** In the order of the manifest. */
  *rows(): Generator<SampleRow> {
    for (let index = 0; index < this.#length; index++) {
      const source = this.#sources[index];
      if (source === undefined) throw new Error(`Sample ${index} of ${this.#length} has not been read.`);
      yield {
        index,
        split: SPLITS[this.#splits[index]!]!,
        label: this.#labels[index]!,
        digest: this.#digestAt(index).toString('hex'),
        source,
      };
    }
  }

  /** One for each sample, so that a blob may come more than once. */
  *blobs(): Generator<BlobRow> {
    for (const { index, digest } of this.rows()) {
      yield { digest, size: this.#sizes[index]!, mediaType: MEDIA_TYPES[this.#mediaTypes[index]!]! };
    }
  }

  /** One for each sample, too. */
  *images(): Generator<FactsOfImage> {
    for (const { index, digest } of this.rows()) yield { digest, facts: this.#factsAt(index) };
  }

  /**
   * Identifies the version's content: SHA-256 over the labels as JSON, then a line for each sample with its index,
   * split, label's index and blob. Names of files are not part of it.
   */
  digest(): Digest {
    const hash = createHash('sha256');
    hash.update(`samplewise-manifest-1\n${JSON.stringify(this.labels)}\n`);
    for (const { index, split, label, digest } of this.rows()) hash.update(`${index} ${split} ${label} ${digest}\n`);
    return hash.digest('hex');
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
