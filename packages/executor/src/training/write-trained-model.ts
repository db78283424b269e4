import { onnxClassifierSpec, type OnnxClassifierSpec } from '@samplewise/domain';
import { cutGraph, readBackbone, readFileRange } from '@samplewise/onnx';
import type { Storage } from '@samplewise/storage';
import { addAbortSignal, Readable } from 'node:stream';
import { PredictionAborted } from '../model-process/lost-model.ts';
import type { Fitted } from './fit-protocol.ts';
import type { Training } from './training.ts';

export interface TrainedModel {
  spec: OnnxClassifierSpec;
  digest: string;
  /** Bytes. */
  size: number;
}

/**
 * Writes the backbone with the head on it, and says how it is run: images as the backbone takes them in, probabilities of
 * the dataset's labels out.
 * @param labels in the order of the head's classes
 */
export async function writeTrainedModel(
  storage: Storage,
  { backbone, probe }: Training,
  labels: readonly string[],
  { weights, bias, width }: Fitted,
  signal: AbortSignal,
): Promise<TrainedModel> {
  const file = await storage.localPath(backbone.digest);
  return readFileRange(file, async (source) => {
    const cut = cutGraph(source, await readBackbone(source), probe.features, { weights, bias, width });
    const stream = addAbortSignal(signal, Readable.from(cut.parts()));
    const { digest, size } = await storage.writeStream(stream, cut.size).catch((error: unknown) => {
      throw signal.aborted ? new PredictionAborted('the run has been canceled or paused') : error;
    });
    const { input, executionProviders } = backbone;
    const spec = onnxClassifierSpec.parse({
      kind: 'onnx-classifier',
      weights: { digest },
      labels,
      input,
      output: { name: cut.output, activation: 'probabilities' },
      ...(executionProviders ? { executionProviders } : {}),
    });
    return { spec, digest, size };
  });
}
