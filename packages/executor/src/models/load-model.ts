import type { ModelSpec } from '@samplewise/domain';
import { loadClipZeroShot } from './clip-zero-shot.ts';
import type { Model } from './model.ts';
import { loadOnnxClassifier } from './onnx-classifier.ts';

/**
 * Loads a model of any kind.
 * @param fileOf where the blob of a digest is
 * @param alive called now and then by kinds that take long to load
 */
export function loadModel(
  spec: ModelSpec,
  fileOf: (digest: string) => string,
  threads: number,
  alive: () => void,
): Promise<Model> {
  switch (spec.kind) {
    case 'onnx-classifier':
      return loadOnnxClassifier(spec, fileOf(spec.weights.digest), threads);
    case 'clip-zero-shot': {
      const files = { vision: fileOf(spec.vision.digest), text: fileOf(spec.text.digest) };
      return loadClipZeroShot(spec, files, threads, alive);
    }
  }
}
