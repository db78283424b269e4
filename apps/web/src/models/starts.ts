import type { Draft } from '@/forms/paths';
import { MISSING } from './files-of-draft';

interface Start {
  title: string;
  about: string;
  draft: Draft;
}

/** Empty descriptions to begin with. */
export const STARTS: Readonly<Record<string, Start>> = {
  classifier: {
    title: 'ONNX classifier',
    about: 'A picture in, a score for each class out: from PyTorch, Keras, or anything that exports ONNX.',
    draft: { kind: 'onnx-classifier', weights: { digest: MISSING }, labels: [], input: {} },
  },
  server: {
    title: 'Vision language model on a server',
    about: 'vLLM, Ollama, llama.cpp, or a service: it is asked in words, and its answer is read.',
    draft: {
      kind: 'vlm-prompt',
      labels: [],
      prompt: 'Which of these describes the picture best: {labels}? Answer with exactly one of them.',
      runtime: { type: 'openai', endpoint: '', model: '' },
    },
  },
  external: {
    title: 'External',
    about: 'It runs elsewhere, and a client logs its predictions.',
    draft: { kind: 'external', labels: [] },
  },
};
