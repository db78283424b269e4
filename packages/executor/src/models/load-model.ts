import { InvalidInput, problem } from '@samplewise/domain';
import { loadClipZeroShot } from './clip-zero-shot.ts';
import { openAiModel, type EndpointAccess } from './endpoint/openai-model.ts';
import { loadFeatures } from './features.ts';
import type { Model } from './model.ts';
import { loadOnnxClassifier } from './onnx-classifier.ts';
import type { Runnable } from './runnable.ts';

/** What models are loaded with. */
export interface Resources {
  /** Where the blob of a digest is. */
  fileOf: (digest: string) => string;
  threads: number;
  endpoint: EndpointAccess;
  /** Called now and then by kinds that take long. */
  alive: () => void;
}

/** Loads a model of any kind, or the part of one that gives features. */
export async function loadModel(spec: Runnable, resources: Resources): Promise<Model> {
  const { fileOf, threads, endpoint, alive } = resources;
  switch (spec.kind) {
    case 'onnx-classifier':
      return loadOnnxClassifier(spec, fileOf(spec.weights.digest), threads);
    case 'clip-zero-shot': {
      const files = { vision: fileOf(spec.vision.digest), text: fileOf(spec.text.digest) };
      return loadClipZeroShot(spec, files, threads, alive);
    }
    case 'vlm-prompt': {
      const { runtime } = spec;
      if (runtime.type === 'openai') return openAiModel(spec, runtime, endpoint, alive);
      // Loaded when it is needed: it is large.
      const { loadPhi3Vision } = await import('./transformers/phi3-vision.ts');
      return loadPhi3Vision(spec, runtime, resources);
    }
    case 'features':
      return loadFeatures(spec, fileOf(spec.backbone.digest), threads);
    case 'external':
      throw new InvalidInput(
        problem('INVALID_VALUE', 'The model is external: the executor has nothing to run.', {
          place: 'model.kind',
          value: spec.kind,
          mend: 'Log its predictions as a client, to a run of your own.',
        }),
      );
  }
}
