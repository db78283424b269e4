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
import type { LoadRequest, Outcome, PredictRequest, Request, Response } from './protocol.ts';
import { restoreOnly } from './restore-only.ts';
import { RestoredPictures } from './restored-pictures.ts';

/**
 * A process that holds one model and one restoration. If native code crashes, leaks or hangs in it, the executor
 * loses nothing but this process.
 */
class Aborted extends Error {}

/** How often the process says how much memory it has. */
const MEMORY_MILLISECONDS = 200;

const answer = (response: Response): void => void process.send!(response);
const alive = (): void => {
  answer({ kind: 'alive' });
};
let loaded: { thread: InferenceThread; restorers: Restorer[] } | undefined;
const aborted = new Set<number>();
/** Of the requests that are worked on. */
const pictures = new Map<number, RestoredPictures>();
/** The end of the request before. */
let turn: Promise<unknown> = Promise.resolve();

setInterval(() => {
  answer({ kind: 'memory', bytes: process.memoryUsage.rss() });
}, MEMORY_MILLISECONDS);

sharp.cache(false); // Every picture is read once; a cache of them would only hold memory.
sharp.concurrency(1); // Images are many and small: one thread each, several at a time.

// The executor is gone. An orderly exit would wait for the inference thread, which may hang in native code.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// A terminal sends these to every process of its group; the executor may still wait for our answer.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.on('message', (request: Request) => {
  const { id } = request;
  if (request.kind === 'abort') aborted.add(id);
  else if (request.kind === 'stored') pictures.get(id)?.stored(request.bytes);
  else {
    const work = request.kind === 'load' ? load(request) : predictInTurn(id, request);
    turn = work.catch(describe).then((outcome) => {
      aborted.delete(id);
      pictures.delete(id);
      answer({ id, ...outcome });
    });
  }
});

async function load({ steps, files, ...request }: LoadRequest): Promise<Outcome> {
  const placeOf = (step: number): string => `steps.${step}`;
  const networks = steps.flatMap((step, i) =>
    weightsOfStep(step).map(({ digest, place }): NetworkFile => {
      return { digest, file: files[digest]!, place: `${placeOf(i)}.${place}` };
    }),
  );
  const thread = await InferenceThread.start({ ...request, files, networks }, alive);
  const restorers = steps.map((step, i) => restorerOf(step, (digest) => thread.network(digest), placeOf(i)));
  loaded = { thread, restorers };
  return { kind: 'loaded' };
}

async function predictInTurn(id: number, { images, budget }: PredictRequest): Promise<Outcome> {
  if (!loaded) throw new Error('asked to predict before a model was loaded');
  const clock = new PhaseClock();
  const restored = new RestoredPictures(clock, (made) => {
    answer({ id, kind: 'restored', images: made });
  });
  pictures.set(id, restored);
  const progress = (done: number): void => {
    if (aborted.has(id)) throw new Aborted();
    answer({ id, kind: 'progress', done });
  };
  const { traits } = loaded.thread;
  const failures = new Array<string | null>(images.length).fill(null);
  const preparation: Preparation = { ...loaded, images, clock, failures, pictures: restored };
  if (traits.takes === 'nothing') return restoreOnly(preparation, turn, progress);
  return traits.takes === 'tensors'
    ? predict(preparation, traits, turn, progress)
    : ask(preparation, traits, budget, turn, progress);
}

function describe(error: unknown): Outcome {
  if (error instanceof Aborted) return { kind: 'aborted' };
  if (error instanceof InvalidInput) return { kind: 'refused', problems: [...error.problems] };
  if (error instanceof OutOfMemory) return { kind: 'exhausted', message: error.message };
  return { kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
