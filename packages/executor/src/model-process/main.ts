import { InvalidInput } from '@samplewise/domain';
import sharp from 'sharp';
import { OutOfMemory } from '../models/session.ts';
import { InferenceThread } from './inference-thread.ts';
import { predict } from './predict.ts';
import type { Answer, PredictRequest, Request, Response } from './protocol.ts';

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
const aborted = new Set<number>();
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
  else {
    const work = request.kind === 'load' ? load(request) : predictInTurn(id, request);
    const done = work.catch(describe).then((what) => {
      aborted.delete(id);
      answer({ id, ...what });
    });
    turn = done;
  }
});

async function load(request: Parameters<typeof InferenceThread.start>[0]): Promise<Answer> {
  thread = await InferenceThread.start(request, alive);
  return { kind: 'loaded', labels: thread.traits.labels };
}

async function predictInTurn(id: number, { images }: PredictRequest): Promise<Answer> {
  if (!thread) throw new Error('asked to predict before a model was loaded');
  return predict(thread, images, turn, (done) => {
    if (aborted.has(id)) throw new Aborted();
    answer({ id, kind: 'progress', done });
  });
}

function describe(error: unknown): Answer {
  if (error instanceof Aborted) return { kind: 'aborted' };
  if (error instanceof InvalidInput) return { kind: 'refused', problems: [...error.problems] };
  if (error instanceof OutOfMemory) return { kind: 'exhausted', message: error.message };
  return { kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
