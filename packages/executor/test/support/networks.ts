import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { restorationStep } from '@samplewise/domain';
import { Tensor } from 'onnxruntime-node';
import { PhaseClock } from '../../src/model-process/phase-clock.ts';
import { openGraph, runGraphForAll } from '../../src/models/session.ts';
import type { Network } from '../../src/restoration/network.ts';
import { restorerOf, type Restorer } from '../../src/restoration/restorer.ts';
import type { Pixels } from '../../src/images/decode.ts';

/** A network in this thread instead of the inference thread. */
export async function openNetwork(bytes: Uint8Array): Promise<Network> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-network-'));
  try {
    const file = path.join(folder, 'network.onnx');
    await writeFile(file, bytes);
    const graph = await openGraph(file, 'steps.0.weights', 1);
    return {
      inputs: graph.inputs,
      outputs: graph.outputs,
      run: async (input, tensor, dims, outputs) => {
        const results = await runGraphForAll(graph, input, new Tensor('float32', tensor, dims), outputs);
        return results.map(({ type, dims: d, data }) => ({
          type,
          dims: d,
          data: Float32Array.from(data as Float32Array),
        }));
      },
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Stand for the files that a step names. */
export const NETWORK = { digest: 'a'.repeat(64) };
export const DETECTOR = { digest: 'b'.repeat(64) };

/** A step as it is written in a config, with the files that it names. */
export async function openRestorer(
  step: object,
  files: { network?: Uint8Array; detector?: Uint8Array } = {},
): Promise<Restorer> {
  const networks = new Map<string, Network>();
  if (files.network) networks.set(NETWORK.digest, await openNetwork(files.network));
  if (files.detector) networks.set(DETECTOR.digest, await openNetwork(files.detector));
  return restorerOf(restorationStep.parse(step), (digest) => networks.get(digest)!, 'steps.0');
}

export const restore = (restorer: Restorer, ...images: Pixels[]) => restorer.restore(images, new PhaseClock());
