import { InvalidInput } from '@samplewise/domain';
import { Tensor } from 'onnxruntime-node';
import { parentPort } from 'node:worker_threads';
import { Allowance } from '../models/allowance.ts';
import { loadModel } from '../models/load-model.ts';
import type { Model, ModelTraits, PictureModel, TensorModel } from '../models/model.ts';
import { openGraph, OutOfMemory, runGraphForAll, type Graph } from '../models/session.ts';
import type { NetworkOutput } from '../restoration/network.ts';
import type { InferenceAnswer, InferenceRequest, Loaded, ToLoad } from './inference-protocol.ts';
import { instant } from './phase-clock.ts';

/**
 * The thread that holds the onnxruntime sessions of a model process. onnxruntime-node blocks its thread while a graph
 * runs; here it blocks nobody who decodes images or listens to the executor.
 */
if (!parentPort) throw new Error('this is the inference thread of a model process');
const port = parentPort;
let model: Model | undefined;
/** Of the restoration steps, by their digests. */
const networks = new Map<string, Graph>();

const answer = (message: InferenceAnswer, transfer: ArrayBuffer[] = []): void => {
  port.postMessage(message, transfer);
};

/** Requests are worked on in the order in which they came. */
let queue = Promise.resolve();
port.on('message', (request: InferenceRequest) => {
  queue = queue.then(() => handle(request)).catch(report);
});

type Done = Extract<InferenceAnswer, { kind: 'done' }>;

async function handle(request: InferenceRequest): Promise<void> {
  const started = instant();
  const done = (value: Done['value'], transfer: ArrayBuffer[] = []): void => {
    const until = instant();
    answer({ kind: 'done', seconds: (until - started) / 1000, until, value }, transfer);
  };
  switch (request.kind) {
    case 'load':
      done(await load(request));
      return;
    case 'run': {
      const outputs = await run(request);
      done(
        outputs,
        outputs.map(({ data }) => data.buffer),
      );
      return;
    }
    case 'infer': {
      const scores = Float32Array.from(await (model as TensorModel).infer(request.tensor, request.images));
      done(scores, [scores.buffer]);
      return;
    }
    case 'answer': {
      const allowance = new Allowance(request.budget);
      const answers = await (model as PictureModel).answer(request.pictures, allowance);
      done({ answers, left: allowance.left, exceeded: allowance.exceeded });
    }
  }
}

async function load({ threads, endpoint, ...request }: ToLoad): Promise<Loaded> {
  const fileOf = (digest: string): string => request.files[digest]!;
  const alive = (): void => {
    answer({ kind: 'alive' });
  };
  if (request.model) model = await loadModel(request.model, { fileOf, threads, endpoint, alive });
  for (const { digest, file, place } of request.networks) {
    if (!networks.has(digest)) networks.set(digest, await openGraph(file, place, threads));
    alive();
  }
  const ports = Array.from(networks, ([digest, { inputs, outputs }]) => [digest, { inputs, outputs }] as const);
  return { traits: traitsOf(model), networks: Object.fromEntries(ports) };
}

/** Without what can't be sent to another thread. */
function traitsOf(loaded: Model | undefined): ModelTraits {
  if (!loaded) return { takes: 'nothing' };
  const { batch, device } = loaded;
  if (loaded.takes === 'pictures') return { takes: 'pictures', batch, device };
  const { gives, columns, input, fixedBatch } = loaded;
  return { takes: 'tensors', batch, device, gives, columns, input, fixedBatch };
}

/** Results belong to the runtime, which may use their memory again: they are copied. */
async function run(request: Extract<InferenceRequest, { kind: 'run' }>): Promise<NetworkOutput[]> {
  const tensor = new Tensor('float32', request.tensor, request.dims);
  const results = await runGraphForAll(networks.get(request.network)!, request.input, tensor, request.outputs);
  return results.map(({ type, dims, data }) => ({
    type,
    dims,
    data: data instanceof Float32Array ? Float32Array.from(data) : new Float32Array(),
  }));
}

function report(error: unknown): void {
  if (error instanceof InvalidInput) answer({ kind: 'refused', problems: [...error.problems] });
  else if (error instanceof OutOfMemory) answer({ kind: 'exhausted', message: error.message });
  else answer({ kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
