import { InvalidInput } from '@samplewise/domain';
import sharp from 'sharp';
import { OutOfMemory } from '../models/session.ts';
import { InferenceThread } from './inference-thread.ts';
import { predict } from './predict.ts';
import type { Request, Response } from './protocol.ts';

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
let thread: InferenceThread | undefined;
let aborted = false;

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
  if (request.kind === 'abort') aborted = true;
  else handle(request).catch(report);
});

async function handle(request: Exclude<Request, { kind: 'abort' }>): Promise<void> {
  if (request.kind === 'load') {
    thread = await InferenceThread.start(request, alive);
    answer({ kind: 'loaded', labels: thread.traits.labels });
    return;
  }
  if (!thread) throw new Error('asked to predict before a model was loaded');
  aborted = false;
  answer(
    await predict(thread, request.images, (done) => {
      if (aborted) throw new Aborted();
      answer({ kind: 'progress', done });
    }),
  );
}

function report(error: unknown): void {
  if (error instanceof Aborted) answer({ kind: 'aborted' });
  else if (error instanceof InvalidInput) answer({ kind: 'refused', problems: [...error.problems] });
  else if (error instanceof OutOfMemory) answer({ kind: 'exhausted', message: error.message });
  else answer({ kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
