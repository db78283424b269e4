import { InvalidInput } from '@samplewise/domain';
import { parentPort } from 'node:worker_threads';
import { Allowance } from '../models/allowance.ts';
import { loadModel } from '../models/load-model.ts';
import type { Model, ModelTraits, PictureModel, TensorModel } from '../models/model.ts';
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
  const done = (value: Extract<InferenceAnswer, { kind: 'done' }>['value']): void => {
    const seconds = (performance.now() - started) / 1000;
    answer({ kind: 'done', seconds, value }, value instanceof Float32Array ? [value.buffer as ArrayBuffer] : []);
  };
  switch (request.kind) {
    case 'load':
      done(await load(request));
      return;
    case 'restore':
      done(await restorers[request.step]!.restore(request.images));
      return;
    case 'infer':
      done(Float32Array.from(await (model as TensorModel).infer(request.tensor, request.images)));
      return;
    case 'answer': {
      const allowance = new Allowance(request.budget);
      const answers = await (model as PictureModel).answer(request.pictures, allowance);
      done({ answers, left: allowance.left, exceeded: allowance.exceeded });
    }
  }
}

async function load(request: Extract<InferenceRequest, { kind: 'load' }>): Promise<Loaded> {
  const fileOf = (digest: string): string => request.files[digest]!;
  const alive = (): void => {
    answer({ kind: 'alive' });
  };
  model = await loadModel(request.model, { fileOf, threads: request.threads, endpoint: request.endpoint, alive });
  restorers = await Promise.all(request.steps.map((step) => loadRestorer(step, fileOf, request.threads)));
  return { traits: traitsOf(model), stepBatches: restorers.map((r) => r.batch) };
}

/** Without what can't be sent to another thread. */
function traitsOf(loaded: Model): ModelTraits {
  const { labels, batch } = loaded;
  if (loaded.takes === 'pictures') return { takes: 'pictures', labels, batch };
  const { input, fixedBatch } = loaded;
  return { takes: 'tensors', labels, batch, input, fixedBatch };
}

function report(error: unknown): void {
  if (error instanceof InvalidInput) answer({ kind: 'refused', problems: [...error.problems] });
  else if (error instanceof OutOfMemory) answer({ kind: 'exhausted', message: error.message });
  else answer({ kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
