import { InvalidInput, weightsOfStep } from '@samplewise/domain';
import sharp from 'sharp';
import { OutOfMemory } from '../models/session.ts';
import { restorerOf, type Restorer } from '../restoration/restorer.ts';
import { ask } from './ask.ts';
import type { NetworkFile } from './inference-protocol.ts';
import { InferenceThread } from './inference-thread.ts';
import { PhaseClock } from './phase-clock.ts';
import { predict } from './predict.ts';
import type { Preparation } from './prepare.ts';
import type { LoadRequest, PredictRequest, Request, Response } from './protocol.ts';
import { RestoredPictures } from './restored-pictures.ts';

/**
 * A process that holds one model and one restoration. If native code crashes, leaks or hangs in it, the executor
 * loses nothing but this process.
 */
class Aborted extends Error {}

const answer = (response: Response): void => void process.send!(response);
const alive = (): void => {
  answer({ kind: 'alive' });
};
let loaded: { thread: InferenceThread; restorers: Restorer[] } | undefined;
let pictures: RestoredPictures | undefined;
let aborted = false;

sharp.cache(false); // Every picture is read once; a cache of them would only hold memory.
sharp.concurrency(1); // Images are many and small: one thread each, several at a time.

// The executor is gone. An orderly exit would wait for the inference thread, which may hang in native code.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// A terminal sends these to every process of its group; the executor may still wait for our answer.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.on('message', (request: Request) => {
  if (request.kind === 'abort') aborted = true;
  else if (request.kind === 'stored') pictures?.stored(request.bytes);
  else handle(request).catch(report);
});

async function handle(request: LoadRequest | PredictRequest): Promise<void> {
  if (request.kind === 'load') {
    loaded = await load(request);
    answer({ kind: 'loaded', labels: loaded.thread.traits.labels });
    return;
  }
  if (!loaded) throw new Error('asked to predict before a model was loaded');
  aborted = false;
  const clock = new PhaseClock();
  pictures = new RestoredPictures(clock, (images) => {
    answer({ kind: 'restored', images });
  });
  const progress = (done: number): void => {
    if (aborted) throw new Aborted();
    answer({ kind: 'progress', done });
  };
  const { traits } = loaded.thread;
  const failures = new Array<string | null>(request.images.length).fill(null);
  const preparation: Preparation = { ...loaded, images: request.images, clock, failures, pictures };
  answer(
    traits.takes === 'tensors'
      ? await predict(preparation, traits, progress)
      : await ask(preparation, traits, request.budget, progress),
  );
}

async function load({ steps, files, ...request }: LoadRequest) {
  const placeOf = (step: number): string => `steps.${step}`;
  const networks = steps.flatMap((step, i) =>
    weightsOfStep(step).map(({ digest, place }): NetworkFile => {
      return { digest, file: files[digest]!, place: `${placeOf(i)}.${place}` };
    }),
  );
  const thread = await InferenceThread.start({ ...request, files, networks }, alive);
  const restorers = steps.map((step, i) => restorerOf(step, (digest) => thread.network(digest), placeOf(i)));
  return { thread, restorers };
}

function report(error: unknown): void {
  if (error instanceof Aborted) answer({ kind: 'aborted' });
  else if (error instanceof InvalidInput) answer({ kind: 'refused', problems: [...error.problems] });
  else if (error instanceof OutOfMemory) answer({ kind: 'exhausted', message: error.message });
  else answer({ kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
