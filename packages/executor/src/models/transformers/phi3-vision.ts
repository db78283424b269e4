import {
  AutoProcessor,
  env,
  LogLevel,
  Phi3VForCausalLM,
  RawImage,
  TextStreamer,
  type PreTrainedTokenizer,
  type Tensor,
} from '@huggingface/transformers';
import {
  InvalidInput,
  parseAnswer,
  problem,
  promptOf,
  type TransformersRuntime,
  type VlmPromptSpec,
} from '@samplewise/domain';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Pixels } from '../../images/decode.ts';
import { BudgetUsedUp, type Allowance } from '../allowance.ts';
import { keep } from '../kept-text.ts';
import type { Answer, PictureModel } from '../model.ts';
import { checkProviders } from '../session.ts';
import { withModelFolder } from './model-folder.ts';

// Nothing is fetched, and nothing is kept beside the weights that the config names.
env.allowRemoteModels = false;
env.useFSCache = false;
env.useBrowserCache = false;
env.useWasmCache = false;
env.logLevel = LogLevel.ERROR;

/** The types of transformers.js do not say what a processor of this kind has. */
interface Phi3VProcessor {
  tokenizer: PreTrainedTokenizer;
  (text: string, image: RawImage, options: { num_crops: number }): Promise<{ input_ids: Tensor }>;
}

/**
 * Phi-3 Vision or Phi-3.5 Vision through transformers.js: one picture at a time, the likeliest token at each step.
 * @throws InvalidInput (MODEL_MALFORMED) when the files are not such a model's
 */
export async function loadPhi3Vision(
  spec: VlmPromptSpec,
  runtime: TransformersRuntime,
  { fileOf, threads, alive }: { fileOf: (digest: string) => string; threads: number; alive: () => void },
): Promise<PictureModel> {
  checkProviders([runtime.device]);
  const { processor, model } = await withModelFolder(runtime, fileOf, async (folder) => {
    await checkArchitecture(folder);
    env.localModelPath = path.dirname(folder);
    const name = path.basename(folder);
    const local = { local_files_only: true };
    const session_options = { intraOpNumThreads: threads, interOpNumThreads: 1, logSeverityLevel: 3 as const };
    try {
      const processor = (await AutoProcessor.from_pretrained(name, local)) as unknown as Phi3VProcessor;
      alive();
      const { dtype, device } = runtime;
      const model = await Phi3VForCausalLM.from_pretrained(name, { ...local, dtype, device, session_options });
      return { processor, model };
    } catch (error) {
      throw malformed(`transformers.js can not load the files: ${(error as Error).message}`);
    }
  });
  const prompt = chatPrompt(processor.tokenizer, spec);

  const answer = async (pixels: Pixels, allowance: Allowance): Promise<Answer> => {
    allowance.takeRequest();
    const started = performance.now();
    const image = new RawImage(Uint8ClampedArray.from(pixels.data), pixels.width, pixels.height, pixels.channels);
    const inputs = await processor(prompt, image.rgb(), { num_crops: runtime.numCrops });
    const promptTokens = inputs.input_ids.dims[1]!;
    const streamer = new TextStreamer(processor.tokenizer, { skip_prompt: true, callback_function: alive });
    const generated = (await model.generate({
      ...inputs,
      do_sample: false,
      max_new_tokens: spec.maxTokens,
      streamer,
    })) as Tensor;
    const written = generated.slice(null, [promptTokens, generated.dims[1]!]);
    const [text] = processor.tokenizer.batch_decode(written, { skip_special_tokens: true });
    const completionTokens = written.dims[1]!;
    allowance.spendTokens(promptTokens + completionTokens);
    const { label } = parseAnswer(text!, spec.labels, spec.synonyms);
    return {
      text: keep(text!),
      label: label ?? -1,
      confidence: NaN,
      promptTokens,
      completionTokens,
      requests: 1,
      seconds: (performance.now() - started) / 1000,
      failure: null,
    };
  };

  return {
    takes: 'pictures',
    device: runtime.device,
    // One at a time, so that a cancellation is seen after each.
    batch: 1,
    async answer(pictures, allowance) {
      const answers: Answer[] = [];
      for (const picture of pictures) {
        try {
          answers.push(await answer(picture, allowance));
        } catch (error) {
          if (!(error instanceof BudgetUsedUp)) throw error;
          answers.push({ ...NO_ANSWER, failure: error.message });
        }
        alive();
      }
      return answers;
    },
  };
}

const NO_ANSWER = {
  text: null,
  label: -1,
  confidence: NaN,
  promptTokens: null,
  completionTokens: null,
  requests: 0,
  seconds: 0,
};

/** The picture first, as in the model's own examples. */
function chatPrompt(tokenizer: PreTrainedTokenizer, spec: VlmPromptSpec): string {
  const text = promptOf(spec);
  if (`${text}${spec.system ?? ''}`.includes('<|image')) {
    throw new InvalidInput(
      problem('INVALID_VALUE', 'The prompt must not say where the picture stands: it comes first.', {
        place: 'prompt',
        mend: 'Leave out <|image_1|>.',
      }),
    );
  }
  const messages = [
    ...(spec.system === undefined ? [] : [{ role: 'system', content: spec.system }]),
    { role: 'user', content: `<|image_1|>\n${text}` },
  ];
  return tokenizer.apply_chat_template(messages, { tokenize: false, add_generation_prompt: true });
}

async function checkArchitecture(folder: string): Promise<void> {
  const shape = z.object({ model_type: z.string() });
  let modelType: string | undefined;
  try {
    modelType = shape.parse(JSON.parse(await readFile(path.join(folder, 'config.json'), 'utf8'))).model_type;
  } catch {
    throw malformed('config.json does not say of which type the model is.');
  }
  if (modelType !== 'phi3_v') throw malformed(`The model is of type ${modelType}, not phi3_v.`);
}

const malformed = (message: string): InvalidInput =>
  new InvalidInput(
    problem('MODEL_MALFORMED', message, {
      place: 'runtime.files',
      mend: "Use the files of onnx-community/Phi-3.5-vision-instruct, each under its own path, and the `dtype` they're of.",
    }),
  );
