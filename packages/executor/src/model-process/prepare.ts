import os from 'node:os';
import pLimit from 'p-limit';
import { decode, encodePng, type Pixels } from '../images/decode.ts';
import { decodeFitted } from '../images/direct.ts';
import { sizeOf, writeTensor } from '../images/tensor.ts';
import type { InferenceThread } from './inference-thread.ts';
import type { PhaseClock } from './phase-clock.ts';
import type { ImageToPredict, RestoredImage } from './protocol.ts';

/** A batch, ready for the model. */
export interface Prepared {
  /** Position of its first image in the request. */
  first: number;
  images: number;
  tensor: Float32Array<ArrayBuffer>;
}

/** What the preparation of a request's images brings to light beside the tensors. */
export interface Findings {
  /** Reason for each image that could not be prepared. */
  failures: (string | null)[];
  restored: RestoredImage[];
}

/** Pictures that are held decoded at once: large ones take much memory, and more at a time are not faster. */
const atATime = pLimit(os.availableParallelism() + 1);

/** Decodes, restores and preprocesses the images of one batch. */
export async function prepare(
  thread: InferenceThread,
  images: readonly ImageToPredict[],
  first: number,
  clock: PhaseClock,
  findings: Findings,
): Promise<Prepared> {
  const { input, batch: most, fixedBatch } = thread.traits;
  const batch = images.slice(first, first + most);
  const tensor = new Float32Array((fixedBatch ? most : batch.length) * sizeOf(input));
  const fail = (i: number) => (reason: string) => (findings.failures[first + i] = reason);
  const decodeOne = (i: number): Promise<Pixels | undefined> => decodeOrFail(batch[i]!, fail(i), decode);
  const writeOne = (pixels: Pixels | undefined, i: number) => pixels && writeTensor(pixels, input, tensor, i);

  if (thread.stepBatches.length === 0) {
    const decodeForModel = (i: number): Promise<Pixels | undefined> =>
      decodeOrFail(batch[i]!, fail(i), async (bytes) => (await decodeFitted(bytes, input)) ?? decode(bytes));
    await clock.measure('PREPROCESSING', () =>
      Promise.all(batch.map((_, i) => atATime(async () => writeOne(await decodeForModel(i), i)))),
    );
    return { first, images: batch.length, tensor };
  }
  const pixels = await clock.measure('PREPROCESSING', () =>
    Promise.all(batch.map((_, i) => atATime(() => decodeOne(i)))),
  );
  await restoreBatch(thread, batch, pixels, first, clock, findings.restored);
  await clock.measure('PREPROCESSING', () => Promise.all(pixels.map((p, i) => atATime(async () => writeOne(p, i)))));
  return { first, images: batch.length, tensor };
}

async function decodeOrFail(
  image: ImageToPredict,
  fail: (reason: string) => void,
  decodeBytes: (bytes: Uint8Array) => Promise<Pixels>,
): Promise<Pixels | undefined> {
  if (!image.bytes) {
    fail('The image is not in the storage.');
    return undefined;
  }
  try {
    return await decodeBytes(image.bytes);
  } catch (error) {
    fail(`The image can not be decoded: ${(error as Error).message}`);
    return undefined;
  }
}

/** Takes each picture through the steps that it has not been through; keeps what each step made. */
async function restoreBatch(
  thread: InferenceThread,
  batch: readonly ImageToPredict[],
  pixels: (Pixels | undefined)[],
  first: number,
  clock: PhaseClock,
  restored: RestoredImage[],
): Promise<void> {
  for (const [step, most] of thread.stepBatches.entries()) {
    const open = [...batch.keys()].filter((i) => pixels[i] !== undefined && batch[i]!.stepsDone <= step);
    // A network takes images of one size at a time.
    const bySize = Map.groupBy(open, (i) => `${pixels[i]!.width}x${pixels[i]!.height}`);
    for (const ofOneSize of bySize.values()) {
      for (let start = 0; start < ofOneSize.length; start += most) {
        const chosen = ofOneSize.slice(start, start + most);
        const { value, seconds } = await thread.restore(
          step,
          chosen.map((i) => pixels[i]!),
        );
        clock.add('PREPROCESSING', seconds);
        chosen.forEach((i, k) => (pixels[i] = value[k]));
      }
    }
    await clock.measure('PREPROCESSING', () =>
      Promise.all(
        open.map((i) =>
          atATime(async () => restored.push({ image: first + i, step, png: await encodePng(pixels[i]!) })),
        ),
      ),
    );
  }
}
