import { z } from 'zod';
import { executionProvider } from './execution.ts';
import { digest, displayName, labels } from './names.ts';

/** A file of a model's folder, such as `onnx/model_q4.onnx`, and the blob that holds its bytes. */
const folderFile = z.strictObject({
  path: z
    .string()
    .max(200)
    .regex(/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/, 'must be a path within the folder, of letters, digits, _ - . and /'),
  digest,
});

/** How a graph's numbers are stored; it decides which of a folder's files is read, as in transformers.js. */
const weightType = z.enum(['fp32', 'fp16', 'int8', 'uint8', 'q8', 'q4', 'q4f16', 'bnb4']);

/** Ends of the file names of transformers.js. */
const SUFFIX: Record<z.infer<typeof weightType>, string> = {
  fp32: '',
  fp16: '_fp16',
  int8: '_int8',
  uint8: '_uint8',
  q8: '_quantized',
  q4: '_q4',
  q4f16: '_q4f16',
  bnb4: '_bnb4',
};

/** What every folder of a Phi-3 Vision model has beside its graphs. */
const CONFIG_FILES = ['config.json', 'preprocessor_config.json', 'tokenizer.json', 'tokenizer_config.json'];

/**
 * The model runs in the executor's own model process, through transformers.js: Phi-3 Vision and Phi-3.5 Vision in the
 * layout of onnx-community (three graphs and their settings).
 */
const transformersRuntime = z
  .strictObject({
    type: z.literal('transformers'),
    files: z.array(folderFile).min(1).max(64),
    dtype: z
      .strictObject({
        vision_encoder: weightType.default('q4'),
        prepare_inputs_embeds: weightType.default('q4'),
        model: weightType.default('q4'),
      })
      .prefault({}),
    device: executionProvider.default('cpu'),
    /** Parts in which a picture is looked at beside the whole: a square number. */
    numCrops: z.union([z.literal(4), z.literal(9), z.literal(16)], 'must be 4, 9 or 16').default(4),
  })
  .superRefine(({ files, dtype }, context) => {
    const present = files.map((file) => file.path);
    const graphs = Object.entries(dtype).map(([graph, type]) => `onnx/${graph}${SUFFIX[type]}.onnx`);
    for (const path of [...CONFIG_FILES, ...graphs]) {
      if (!present.includes(path)) context.addIssue({ code: 'custom', path: ['files'], message: `lacks ${path}` });
    }
    const twice = present.find((path, i) => present.indexOf(path) !== i);
    if (twice !== undefined) context.addIssue({ code: 'custom', path: ['files'], message: `names ${twice} twice` });
  });

/** What the names of variables that hold keys begin with: a config can name no other secret of the executor. */
export const KEY_PREFIX = 'SAMPLEWISE_MODEL_KEY_';

/** A server that speaks OpenAI's chat completions: vLLM, Ollama, llama.cpp, or a service. */
const openAiRuntime = z.strictObject({
  type: z.literal('openai'),
  /** Without `/chat/completions`, such as http://127.0.0.1:11434/v1. The executor must allow it. */
  endpoint: z
    .url({ protocol: /^https?$/, error: 'must be an address such as http://127.0.0.1:11434/v1' })
    .max(500)
    .refine((url) => {
      if (!URL.canParse(url)) return true; // which has been said
      const { username, password, search, hash } = new URL(url);
      return username === '' && password === '' && search === '' && hash === '';
    }, 'must not hold a user, password, query or fragment; keys are named by apiKeyVariable'),
  /** As the server calls it. */
  model: z.string().min(1).max(200),
  /** Variable of the executor's environment that holds the key; never the key itself. */
  apiKeyVariable: z
    .string()
    .max(100)
    .regex(new RegExp(`^${KEY_PREFIX}[A-Z0-9_]+$`), `must be a variable that begins with ${KEY_PREFIX}`)
    .optional(),
  /** Requests under way at once. */
  concurrency: z.number().int().min(1).max(64).default(4),
  /** Asks for the tokens' log probabilities, from which the confidence follows; not every server has them. */
  logprobs: z.boolean().default(false),
  /** Tries after the first, when the server is busy, fails or does not answer in time. */
  retries: z.number().int().min(0).max(10).default(4),
  timeoutSeconds: z.number().min(1).max(250).default(60),
  /** Pixels of the longer side of what is sent; larger pictures are reduced to it. */
  imageSide: z.number().int().min(16).max(4096).default(1024),
});

const promptText = z
  .string()
  .min(1)
  .max(8000, 'must have at most 8,000 characters')
  .refine((s) => !s.includes('\0'), 'must not contain a NUL character');

export const vlmPromptSpec = z
  .strictObject({
    kind: z.literal('vlm-prompt'),
    labels,
    runtime: z.discriminatedUnion('type', [transformersRuntime, openAiRuntime]),
    /** `{labels}` stands for the classes, separated by commas. The picture is put before it. */
    prompt: promptText.refine((p) => p.includes('{labels}'), 'needs {labels} where the classes are listed'),
    system: promptText.optional(),
    /** For each label other words that mean it, for answers such as 'She is smiling'. */
    synonyms: z.record(z.string(), z.array(displayName).max(100)).default({}),
    temperature: z.number().min(0).max(2).default(0),
    maxTokens: z.number().int().min(1).max(4096).default(32),
    /** For servers that take one; the run's seed is not used, so that runs of one config ask the same. */
    seed: z.number().int().min(0).max(2_147_483_647).optional(),
    /** Of one run. When it is used up the run fails, and keeps what it has. */
    budget: z
      .strictObject({
        requests: z.number().int().min(1).max(1e9).optional(),
        tokens: z.number().int().min(1).max(1e12).optional(),
      })
      .optional(),
  })
  .superRefine(({ labels, synonyms, runtime, temperature }, context) => {
    const owners = new Map(labels.map((label) => [fold(label), label]));
    for (const [label, words] of Object.entries(synonyms)) {
      const path = ['synonyms', label];
      if (!labels.includes(label)) {
        context.addIssue({ code: 'custom', path, message: `is not a label; they are ${labels.join(', ')}` });
        continue;
      }
      words.forEach((word, i) => {
        const owner = owners.get(fold(word)) ?? label;
        owners.set(fold(word), label);
        const message = `'${word}' means ${owner} already`;
        if (owner !== label) context.addIssue({ code: 'custom', path: [...path, i], message });
      });
    }
    if (runtime.type === 'transformers' && temperature !== 0) {
      const message = 'must be 0 in process, so that the same run gives the same answers';
      context.addIssue({ code: 'custom', path: ['temperature'], message });
    }
  });

/** A language model that sees a picture and is asked which class it belongs to. */
export type VlmPromptSpec = z.infer<typeof vlmPromptSpec>;
export type TransformersRuntime = z.infer<typeof transformersRuntime>;
export type OpenAiRuntime = z.infer<typeof openAiRuntime>;

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** The prompt with the classes in it. */
export const promptOf = ({ prompt, labels }: Pick<VlmPromptSpec, 'prompt' | 'labels'>): string =>
  prompt.replaceAll('{labels}', () => labels.join(', '));
