import type { InputSpec } from '@samplewise/domain';
import { imagesAtATime } from '../images/at-a-time.ts';
import { openPicture, type OpenPicture, type Pixels } from '../images/decode.ts';
import { decodeFitted } from '../images/direct.ts';
import { sizeOf, writeTensor } from '../images/tensor.ts';
import type { TensorTraits } from '../models/model.ts';
import type { Restorer } from '../restoration/restorer.ts';
import type { InferenceThread } from './inference-thread.ts';
import type { PhaseClock } from './phase-clock.ts';
import { partsOf, refusalOf } from './picture-sizes.ts';
import type { ImageToPredict } from './protocol.ts';
import type { MadePicture, RestoredPictures } from './restored-pictures.ts';

/** A batch, ready for the model. */
export interface Prepared {
  /** Position of its first image in the request. */
  first: number;
  images: number;
  tensor: Float32Array<ArrayBuffer>;
}

/** What the preparation of a request's images works with. */
export interface Preparation {
  thread: InferenceThread;
  /** Of the config's steps. */
  restorers: readonly Restorer[];
  images: readonly ImageToPredict[];
  clock: PhaseClock;
  /** Reason for each image that could not be prepared. */
  failures: (string | null)[];
  pictures: RestoredPictures;
}

/** Decodes, restores and preprocesses the images of one batch. @param first position in the request's images */
export async function prepare(
  preparation: Preparation,
  { input, batch: most, fixedBatch }: TensorTraits,
  first: number,
): Promise<Prepared> {
  const count = Math.min(most, preparation.images.length - first);
  const tensor = new Float32Array((fixedBatch ? most : count) * sizeOf(input));
  const write = (pixels: Pixels, i: number) => writeTensor(pixels, input, tensor, i - first);
  await decodeAndRestore(preparation, first, count, write, input);
  return { first, images: count, tensor };
}

/**
 * Decodes and restores some images; those that can't be are failures.
 * @param take gets the pixels of each, several at a time, with its position in the request's images
 * @param input when only its size is wanted, images that are not restored may have that already
 */
export async function decodeAndRestore(
  preparation: Preparation,
  first: number,
  count: number,
  take: (pixels: Pixels, i: number) => Promise<void> | void,
  input?: InputSpec,
): Promise<void> {
  const { restorers, clock } = preparation;
  const positions = Array.from({ length: count }, (_, i) => first + i);
  if (restorers.length === 0) {
    await eachAtATime(clock, positions, async (i) => {
      const pixels = await decodeDirectly(preparation, i, input);
      if (pixels) await take(pixels, i);
    });
    return;
  }
  const opened = await eachAtATime(clock, positions, (i) => openOrFail(preparation, i));
  const found = positions.flatMap((i, k) => (opened[k] ? [{ i, picture: opened[k] }] : []));
  for (const part of partsOf(found, restorers)) {
    await preparation.pictures.room();
    const decoded = await eachAtATime(clock, part, ({ i, picture }) => decodeOrFail(preparation, i, picture));
    const whole = part.flatMap(({ i }, k) => (decoded[k] ? [{ i, pixels: decoded[k] }] : []));
    const restored = await restore(preparation, whole);
    await eachAtATime(clock, restored, async ({ i, pixels }) => take(pixels, i));
  }
}

interface Picture {
  /** Position in the request's images. */
  i: number;
  pixels: Pixels;
}

/** Takes each picture through the steps that it has not been through, and hands over what each step made. */
async function restore({ images, restorers, clock, pictures }: Preparation, given: Picture[]): Promise<Picture[]> {
  const made: MadePicture[] = [];
  const now = given.map((picture) => ({ ...picture }));
  for (const [step, restorer] of restorers.entries()) {
    const open = now.filter(({ i }) => images[i]!.stepsDone <= step);
    if (open.length === 0) continue;
    const results = await restorer.restore(
      open.map(({ pixels }) => pixels),
      clock,
    );
    open.forEach((picture, k) => {
      made.push({ image: picture.i, step, before: picture.pixels, restored: results[k]! });
      picture.pixels = results[k]!.pixels;
    });
  }
  pictures.add(made);
  return now;
}

function eachAtATime<T, R>(clock: PhaseClock, things: readonly T[], work: (thing: T) => Promise<R>): Promise<R[]> {
  return clock.measure('PREPROCESSING', () => Promise.all(things.map((thing) => imagesAtATime(() => work(thing)))));
}

async function decodeDirectly(
  preparation: Preparation,
  i: number,
  input: InputSpec | undefined,
): Promise<Pixels | undefined> {
  const { images, failures } = preparation;
  const { bytes } = images[i]!;
  try {
    const fitted = bytes && input && (await decodeFitted(bytes, input));
    if (fitted) return fitted;
  } catch (error) {
    failures[i] = undecodable(error);
    return undefined;
  }
  return decodeOrFail(preparation, i, await openOrFail(preparation, i));
}

async function openOrFail({ images, restorers, failures }: Preparation, i: number): Promise<OpenPicture | undefined> {
  const { bytes, stepsDone } = images[i]!;
  if (!bytes) {
    failures[i] = 'The image is not in the storage.';
    return undefined;
  }
  try {
    const picture = await openPicture(bytes);
    failures[i] = refusalOf(picture, restorers.slice(stepsDone));
    return failures[i] === null ? picture : undefined;
  } catch (error) {
    failures[i] = undecodable(error);
    return undefined;
  }
}

async function decodeOrFail(
  { failures }: Preparation,
  i: number,
  picture: OpenPicture | undefined,
): Promise<Pixels | undefined> {
  try {
    return await picture?.decode();
  } catch (error) {
    failures[i] = undecodable(error);
    return undefined;
  }
}

const undecodable = (error: unknown): string => `The image can not be decoded: ${(error as Error).message}`;
