import { InvalidInput, problem, type RestorationStep } from '@samplewise/domain';
import { decode, encodePng, type Pixels } from '../images/decode.ts';
import { sizeOf, writeTensor } from '../images/tensor.ts';
import type { Model } from '../models/model.ts';
import { restoreAll, type Restorer } from '../restoration/restorer.ts';
import { PhaseClock } from './phase-clock.ts';
import type { ImageToPredict, Predicted, RestoredImage } from './protocol.ts';

export interface LoadedModel {
  model: Model;
  steps: readonly { step: RestorationStep; restorer: Restorer }[];
}

interface Prepared {
  first: number;
  images: number;
  tensor: Float32Array;
}

/**
 * Predicts images in batches. While the model works on one batch, the next is decoded, restored and preprocessed.
 * @param progress called after each batch with the images done; what it throws ends the work
 */
export async function predict(
  { model, steps }: LoadedModel,
  images: readonly ImageToPredict[],
  progress: (done: number) => void,
): Promise<Predicted> {
  const classes = model.labels.length;
  const clock = new PhaseClock();
  const scores = new Float32Array(images.length * classes);
  const latencyMicros = new Int32Array(images.length);
  const failures = new Array<string | null>(images.length).fill(null);
  const restored: RestoredImage[] = [];

  const prepare = (first: number): Promise<Prepared> =>
    clock.measure('PREPROCESSING', async () => {
      const batch = images.slice(first, first + model.batch);
      const tensor = new Float32Array((model.fixedBatch ? model.batch : batch.length) * sizeOf(model.input));
      const pixels = await Promise.all(
        batch.map((image, i) => decodeOrFail(image, (reason) => (failures[first + i] = reason))),
      );
      await restoreBatch(steps, batch, pixels, first, restored);
      await Promise.all(pixels.map(async (p, i) => p && writeTensor(p, model.input, tensor, i)));
      return { first, images: batch.length, tensor };
    });

  let next = images.length > 0 ? prepare(0) : undefined;
  while (next) {
    const prepared = await next;
    const after = prepared.first + prepared.images;
    next = after < images.length ? prepare(after) : undefined;
    // Its failure is met at the next turn; without this it would count as unhandled meanwhile.
    next?.catch(() => undefined);
    const started = performance.now();
    const result = await clock.measure('INFERENCE', () => model.infer(prepared.tensor, prepared.images));
    const micros = Math.round(((performance.now() - started) * 1000) / prepared.images);
    checkScores(result, classes, prepared.first, failures);
    scores.set(result, prepared.first * classes);
    latencyMicros.fill(micros, prepared.first, after);
    progress(after);
  }
  return { kind: 'predicted', scores, failures, latencyMicros, restored, costs: clock.costs() };
}

async function decodeOrFail(image: ImageToPredict, fail: (reason: string) => void): Promise<Pixels | undefined> {
  if (!image.bytes) {
    fail('The image is not in the storage.');
    return undefined;
  }
  try {
    return await decode(image.bytes);
  } catch (error) {
    fail(`The image can not be decoded: ${(error as Error).message}`);
    return undefined;
  }
}

/** Takes each picture through the steps that it has not been through; keeps what each step made. */
async function restoreBatch(
  steps: LoadedModel['steps'],
  batch: readonly ImageToPredict[],
  pixels: (Pixels | undefined)[],
  first: number,
  restored: RestoredImage[],
): Promise<void> {
  for (const [s, { restorer }] of steps.entries()) {
    const open = [...batch.keys()].filter((i) => pixels[i] !== undefined && batch[i]!.stepsDone <= s);
    const results = await restoreAll(
      restorer,
      open.map((i) => pixels[i]!),
    );
    await Promise.all(
      open.map(async (i, k) => {
        pixels[i] = results[k]!;
        restored.push({ image: first + i, step: s, png: await encodePng(results[k]!) });
      }),
    );
  }
}

/** A score that is no number would be stored as a prediction; it is the model's fault, so the run fails. */
function checkScores(scores: Float32Array, classes: number, first: number, failures: readonly (string | null)[]): void {
  const bad = scores.findIndex(
    (score, i) => !Number.isFinite(score) && failures[first + Math.floor(i / classes)] === null,
  );
  if (bad < 0) return;
  throw new InvalidInput(
    problem('MODEL_OUTPUT_MISMATCH', `The model gives ${scores[bad]} as the score of a class.`, {
      place: `sample ${first + Math.floor(bad / classes)} of the shard, class ${bad % classes}`,
      mend: 'Check the normalisation of the input (scale, mean, std) and the weights.',
    }),
  );
}
