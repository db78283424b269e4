import { InvalidInput } from '@samplewise/domain';
import sharp from 'sharp';
import { loadModel } from '../models/load-model.ts';
import { loadRestorer } from '../restoration/restorer.ts';
import { predict, type LoadedModel } from './predict.ts';
import type { LoadRequest, Request, Response } from './protocol.ts';

/**
 * A process that holds one model and one restoration. If native code crashes, leaks or hangs in it, the executor
 * loses nothing but this process.
 */
class Aborted extends Error {}

const answer = (response: Response): void => void process.send!(response);
let loaded: LoadedModel | undefined;
let aborted = false;

// Every picture is read once; a cache of them would only hold memory.
sharp.cache(false);

process.on('disconnect', () => process.exit(0));
process.on('message', (request: Request) => {
  if (request.kind === 'abort') aborted = true;
  else handle(request).catch(report);
});

async function handle(request: Exclude<Request, { kind: 'abort' }>): Promise<void> {
  if (request.kind === 'load') {
    loaded = await load(request);
    answer({ kind: 'loaded', labels: loaded.model.labels });
    return;
  }
  if (!loaded) throw new Error('asked to predict before a model was loaded');
  aborted = false;
  answer(
    await predict(loaded, request.images, (done) => {
      if (aborted) throw new Aborted();
      answer({ kind: 'progress', done });
    }),
  );
}

async function load({ model, steps, files, threads }: LoadRequest): Promise<LoadedModel> {
  const fileOf = (digest: string): string => files[digest]!;
  sharp.concurrency(1); // Images are many and small: one thread each, several at a time.
  return {
    model: await loadModel(model, fileOf, threads),
    steps: await Promise.all(
      steps.map(async (step) => ({ step, restorer: await loadRestorer(step, fileOf, threads) })),
    ),
  };
}

function report(error: unknown): void {
  if (error instanceof Aborted) answer({ kind: 'aborted' });
  else if (error instanceof InvalidInput) answer({ kind: 'refused', problems: [...error.problems] });
  else answer({ kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
