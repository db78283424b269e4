import { promptOf, type OpenAiRuntime, type VlmPromptSpec } from '@samplewise/domain';
import { z } from 'zod';

const count = z.number().int().min(0).max(2_147_483_647);

/** What is read of the answers of OpenAI, vLLM, Ollama and llama.cpp; they send more. */
const completion = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish() }),
        logprobs: z
          .object({ content: z.array(z.object({ token: z.string(), logprob: z.number() })).nullish() })
          .nullish(),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: count, completion_tokens: count }).nullish(),
});

export interface Completion {
  text: string;
  /** In the order of the text; null where the server does not tell them. */
  tokens: { token: string; logprob: number }[] | null;
  usage: { promptTokens: number; completionTokens: number } | null;
}

/** @param png the picture's bytes */
export function chatRequest(spec: VlmPromptSpec, runtime: OpenAiRuntime, png: Buffer): object {
  const image = { type: 'image_url', image_url: { url: `data:image/png;base64,${png.toString('base64')}` } };
  return {
    model: runtime.model,
    messages: [
      ...(spec.system === undefined ? [] : [{ role: 'system', content: spec.system }]),
      { role: 'user', content: [image, { type: 'text', text: promptOf(spec) }] },
    ],
    max_tokens: spec.maxTokens,
    temperature: spec.temperature,
    ...(spec.seed === undefined ? {} : { seed: spec.seed }),
    ...(runtime.logprobs ? { logprobs: true } : {}),
    stream: false,
  };
}

/** @returns undefined where the text is no chat completion */
export function readCompletion(text: string): Completion | undefined {
  const parsed = completion.safeParse(parseJson(text)).data;
  if (!parsed) return undefined;
  const [choice] = parsed.choices;
  const { usage } = parsed;
  return {
    text: choice!.message.content ?? '',
    tokens: choice!.logprobs?.content ?? null,
    usage: usage ? { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens } : null,
  };
}

/** What a server says of a request that it refuses, in whatever form. */
export function readRefusal(text: string): string {
  const shape = z.object({ error: z.union([z.string(), z.object({ message: z.string() })]) });
  const error = shape.safeParse(parseJson(text)).data?.error;
  return (typeof error === 'string' ? error : (error?.message ?? text)).trim().slice(0, 300);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * The probability of the tokens that name the label: the exponential of the sum of their log probabilities.
 * @param span of the label in the text
 * @returns NaN where the tokens do not make up the text
 */
export function confidenceOf({ text, tokens }: Completion, span: { start: number; end: number } | null): number {
  if (!tokens || !span) return NaN;
  let [at, sum] = [0, 0];
  for (const { token, logprob } of tokens) {
    const end = at + token.length;
    if (text.slice(at, end) !== token) return NaN;
    if (at < span.end && end > span.start) sum += logprob;
    at = end;
    if (at >= span.end) return Math.exp(Math.min(0, sum));
  }
  return NaN;
}
