import { FER_LABELS } from '@samplewise/domain';
import { Chance } from './chance.ts';

/** FER-2013's images of each class, in the order of its labels: the shares are those that people know. */
const CLASS_SIZES = [4953, 547, 5121, 8989, 6077, 4002, 6198];
/** Its training, public and private test images. */
const SPLIT_SIZES = [28_709, 3589, 3589];
export const USAGES = ['Training', 'PublicTest', 'PrivateTest'] as const;

/** What is decided of each sample before there is an image or a prediction of it. */
export interface SampleFacts {
  count: number;
  classes: number;
  /** What the dataset says. */
  label: Int16Array;
  /** Index into USAGES. */
  usage: Uint8Array;
  /** 0 to 1: how bad the image is, and how often models are wrong about it. */
  difficulty: Float32Array;
}

export function decideSamples(count: number, seed: number): SampleFacts {
  const chance = new Chance(seed, 'samples');
  const label = Int16Array.from(inShares(CLASS_SIZES, count));
  const usage = Uint8Array.from(inShares(SPLIT_SIZES, count));
  chance.shuffle(label);
  chance.shuffle(usage);
  usage.sort(); // as published: training first
  const difficulty = Float32Array.from({ length: count }, () => chance.uniform() ** 2);
  return { count, classes: FER_LABELS.length, label, usage, difficulty };
}

/** So many numbers, each index as often as its share says, rounded so that all are there. */
function inShares(sizes: readonly number[], count: number): number[] {
  const total = sizes.reduce((a, b) => a + b, 0);
  let sum = 0;
  return sizes.flatMap((size, index) => {
    const from = Math.round((sum / total) * count);
    sum += size;
    return new Array<number>(Math.round((sum / total) * count) - from).fill(index);
  });
}
