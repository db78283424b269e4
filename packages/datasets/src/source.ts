import type { ImageMeasurements } from '@samplewise/database';
import type { Split } from '@samplewise/domain';

/** An image as it will be stored: known to decode, of what type, and measured. */
export interface StorableImage {
  bytes: Uint8Array;
  mediaType: 'image/png' | 'image/jpeg' | 'image/webp';
  facts: ImageMeasurements;
}

export interface SourceSample {
  /** Position in the version's manifest. Samples may come in any order, each index once, without gaps. */
  index: number;
  split: Split;
  /** Index into the source's labels. */
  label: number;
  /** File name or row, for people who look for it in what they have uploaded. */
  source: string;
  /** @throws InvalidInput when it is no image that we accept */
  image(): Promise<StorableImage>;
}

/** A file that somebody has uploaded, understood as labelled images. What is wrong in it goes to the ProblemList. */
export interface Source {
  labels: readonly string[];
  /** How many samples will come, at most; exact when nothing is wrong with the source. */
  total: number;
  /** Reads from the beginning, with bounded memory. */
  samples(): AsyncIterable<SourceSample>;
}
