import { createHash } from 'node:crypto';
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

/** A version's samples in columns: 40 bytes for each and its source's name, so that two million fit into memory. */
export class SampleColumns {
  readonly labels: readonly string[];
  readonly #digests: Buffer;
  readonly #splits: Uint8Array;
  readonly #labels: Int16Array;
  readonly #sizes: Uint32Array;
  readonly #mediaTypes: Uint8Array;
  readonly #sources: string[] = [];
  #length = 0;

  constructor(labels: readonly string[], capacity: number) {
    this.labels = labels;
    this.#digests = Buffer.alloc(capacity * DIGEST_BYTES);
    this.#splits = new Uint8Array(capacity);
    this.#labels = new Int16Array(capacity);
    this.#sizes = new Uint32Array(capacity);
    this.#mediaTypes = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  set(row: SampleRow, blob: { size: number; mediaType: StorableImage['mediaType'] }): void {
    const { index } = row;
    this.#digests.write(row.digest, index * DIGEST_BYTES, 'hex');
    this.#splits[index] = SPLITS.indexOf(row.split);
    this.#labels[index] = row.label;
    this.#sizes[index] = blob.size;
    this.#mediaTypes[index] = MEDIA_TYPES.indexOf(blob.mediaType);
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

  #digestAt(index: number): Buffer {
    return this.#digests.subarray(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES);
  }
}
