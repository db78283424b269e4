import type { ModelKind } from '@/generated/graphql';

/** How each kind of model is called. */
export const KINDS: Readonly<Record<ModelKind, string>> = {
  ONNX_CLASSIFIER: 'ONNX classifier',
  CLIP_ZERO_SHOT: 'CLIP, zero-shot',
  VLM_PROMPT: 'Vision language model',
  EXTERNAL: 'External',
};
