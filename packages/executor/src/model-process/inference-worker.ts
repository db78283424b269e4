import { InvalidInput } from '@samplewise/domain';
import { parentPort } from 'node:worker_threads';
import { loadModel } from '../models/load-model.ts';
import type { Model } from '../models/model.ts';
import { OutOfMemory } from '../models/session.ts';
import { loadRestorer, type Restorer } from '../restoration/restorer.ts';
import type { InferenceAnswer, InferenceRequest, Loaded } from './inference-protocol.ts';

/**
 * The thread that holds the onnxruntime sessions of a model process. onnxruntime-node blocks its thread while a graph
 * runs; here it blocks nobody who decodes images or listens to the executor.
 */
if (!parentPort) throw new Error('this is the inference thread of a model process');
const port = parentPort;
let model: Model | undefined;
let restorers: Restorer[] = [];

const answer = (message: InferenceAnswer, transfer: ArrayBuffer[] = []): void => {
  port.postMessage(message, transfer);
};

/** Requests are worked on in the order in which they came. */
let queue = Promise.resolve();
port.on('message', (request: InferenceRequest) => {
  queue = queue.then(() => handle(request)).catch(report);
});

async function handle(request: InferenceRequest): Promise<void> {
  const started = performance.now();
  const done = (value: Loaded | Float32Array<ArrayBuffer> | Awaited<ReturnType<Restorer['restore']>>): void => {
    const seconds = (performance.now() - started) / 1000;
    answer({ kind: 'done', seconds, value }, value instanceof Float32Array ? [value.buffer] : []);
  };
  switch (request.kind) {
    case 'load':
      done(await load(request));
      return;
    case 'restore':
      done(await restorers[request.step]!.restore(request.images));
      return;
    case 'infer':
      done(Float32Array.from(await model!.infer(request.tensor, request.images)));
  }
}

async function load(request: Extract<InferenceRequest, { kind: 'load' }>): Promise<Loaded> {
  const fileOf = (digest: string): string => request.files[digest]!;
  const alive = (): void => {
    answer({ kind: 'alive' });
  };
  model = await loadModel(request.model, fileOf, request.threads, alive);
  restorers = await Promise.all(request.steps.map((step) => loadRestorer(step, fileOf, request.threads)));
  const { labels, input, batch, fixedBatch } = model;
  return { traits: { labels, input, batch, fixedBatch }, stepBatches: restorers.map((r) => r.batch) };
}

function report(error: unknown): void {
  if (error instanceof InvalidInput) answer({ kind: 'refused', problems: [...error.problems] });
  else if (error instanceof OutOfMemory) answer({ kind: 'exhausted', message: error.message });
  else answer({ kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
