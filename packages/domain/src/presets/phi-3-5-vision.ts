import { synonymsOf } from './emotions.ts';
import type { Preset, PresetChoice } from './preset.ts';

const REPOSITORY = 'onnx-community/Phi-3.5-vision-instruct';

const FILES = [
  'config.json',
  'generation_config.json',
  'preprocessor_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'onnx/vision_encoder_q4.onnx',
  'onnx/prepare_inputs_embeds_q4.onnx',
  'onnx/model_q4.onnx',
];

const questions = ({ labels }: PresetChoice): object => ({
  kind: 'vlm-prompt',
  labels,
  prompt:
    "Which of these describes the person's facial expression best: {labels}? Answer with exactly one word of the list.",
  synonyms: synonymsOf(labels),
  temperature: 0,
  maxTokens: 16,
});

const inProcess: Preset = {
  name: 'phi-3.5-vision',
  kind: 'model',
  about: 'Phi-3.5 Vision in the executor, 4-bit weights; some 3 GB, and slow without a GPU',
  source: `https://huggingface.co/${REPOSITORY}`,
  licence: 'MIT (Microsoft)',
  folder: true,
  files: FILES.map((place) => ({
    place,
    url: `https://huggingface.co/${REPOSITORY}/resolve/main/${place}`,
    sha256: null,
  })),
  build: (choice, digests) => ({
    ...questions(choice),
    runtime: {
      type: 'transformers',
      files: [...digests].map(([path, digest]) => ({ path, digest })),
      dtype: { vision_encoder: 'q4', prepare_inputs_embeds: 'q4', model: 'q4' },
    },
  }),
};

interface Server {
  name: string;
  title: string;
  source: string;
  endpoint: string;
  model: string;
}

const served = ({ name, title, source, endpoint, model }: Server): Preset => ({
  name: `phi-3.5-vision-${name}`,
  kind: 'model',
  about: `Phi-3.5 Vision behind ${title}`,
  source,
  licence: 'MIT (Microsoft)',
  folder: false,
  files: [],
  build: (choice) => ({
    ...questions(choice),
    runtime: {
      type: 'openai',
      endpoint: choice.endpoint ?? endpoint,
      model: choice.model ?? model,
      ...(choice.apiKeyVariable === undefined ? {} : { apiKeyVariable: choice.apiKeyVariable }),
    },
  }),
});

export const PHI_PRESETS: readonly Preset[] = [
  inProcess,
  served({
    name: 'vllm',
    title: 'vLLM: vllm serve microsoft/Phi-3.5-vision-instruct --trust-remote-code --max-model-len 4096',
    source: 'https://docs.vllm.ai/',
    endpoint: 'http://127.0.0.1:8000/v1',
    model: 'microsoft/Phi-3.5-vision-instruct',
  }),
  served({
    name: 'ollama',
    title: 'Ollama, under the name that you gave it there',
    source: 'https://docs.ollama.com/',
    endpoint: 'http://127.0.0.1:11434/v1',
    model: 'phi3.5-vision',
  }),
  served({
    name: 'llama-cpp',
    title: 'llama.cpp: llama-server -m phi-3.5-vision.gguf --mmproj mmproj.gguf',
    source: 'https://github.com/ggml-org/llama.cpp',
    endpoint: 'http://127.0.0.1:8080/v1',
    model: 'phi-3.5-vision',
  }),
];
