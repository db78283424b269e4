import { InvalidInput, parseAnswer, problem, type OpenAiRuntime, type VlmPromptSpec } from '@samplewise/domain';
import pLimit from 'p-limit';
import sharp from 'sharp';
import type { Pixels } from '../../images/decode.ts';
import { BudgetUsedUp, type Allowance } from '../allowance.ts';
import { keep } from '../kept-text.ts';
import type { Answer, PictureModel } from '../model.ts';
import { checkEndpoint } from './allow-list.ts';
import { askServer, RequestRefused } from './ask-server.ts';
import { chatRequest, confidenceOf } from './chat-completions.ts';
import { openConnection, RequestBroken } from './post-json.ts';

/** What the executor gives a model beside its config, so that it can ask a server. */
export interface EndpointAccess {
  /** Origins that may be asked. */
  allowed: readonly string[];
  /** Of the variable that the config names; undefined where it names none. */
  key: string | undefined;
}

/** Pictures of a call for each request that may be under way, so that the server is never without work. */
const ROUNDS = 4;

/**
 * A language model behind OpenAI's chat completions.
 * @throws InvalidInput (ENDPOINT_REFUSED) when the executor may not ask there
 */
export function openAiModel(
  spec: VlmPromptSpec,
  runtime: OpenAiRuntime,
  { allowed, key }: EndpointAccess,
  alive: () => void,
): PictureModel {
  checkEndpoint(runtime.endpoint, allowed);
  const connection = openConnection(runtime.concurrency);
  const turn = pLimit(runtime.concurrency);

  const ask = async (pixels: Pixels, allowance: Allowance): Promise<Answer> => {
    const png = await toPng(pixels, runtime.imageSide);
    const started = performance.now();
    const body = chatRequest(spec, runtime, png);
    const { completion, requests } = await askServer(connection, runtime, body, { key, allowance, alive });
    alive();
    const { text, usage } = completion;
    if (!usage && allowance.countsTokens) throw tokensNotTold();
    allowance.spendTokens(usage ? usage.promptTokens + usage.completionTokens : 0);
    const { label, span } = parseAnswer(text, spec.labels, spec.synonyms);
    return {
      text: keep(text),
      label: label ?? -1,
      confidence: confidenceOf(completion, span),
      promptTokens: usage?.promptTokens ?? null,
      completionTokens: usage?.completionTokens ?? null,
      requests,
      seconds: (performance.now() - started) / 1000,
      failure: null,
    };
  };

  return {
    takes: 'pictures',
    device: 'server',
    batch: runtime.concurrency * ROUNDS,
    async answer(pictures, allowance) {
      const outcomes = await Promise.allSettled(pictures.map((picture) => turn(() => ask(picture, allowance))));
      const errors = outcomes.filter((o) => o.status === 'rejected').map((o) => o.reason as Error);
      const grave = errors.find((error) => !isOfOneRequest(error));
      if (grave) throw grave;
      // When no picture gets an answer, it is not the picture's fault.
      if (pictures.length > 1 && errors.length === pictures.length) throwForAll(errors);
      return outcomes.map((o) => (o.status === 'fulfilled' ? o.value : failed(o.reason as Error)));
    },
  };
}

const isOfOneRequest = (error: unknown): boolean =>
  error instanceof RequestBroken || error instanceof RequestRefused || error instanceof BudgetUsedUp;

function throwForAll(errors: Error[]): void {
  if (errors.some((error) => error instanceof BudgetUsedUp)) return;
  const [first] = errors;
  const message = `The model's server gives no answer: ${first!.message}`;
  if (!(first instanceof RequestRefused)) throw new Error(message); // It may be back later: the shard is tried again.
  const mend = 'Check that the model takes pictures, and that the server takes what the config asks for.';
  throw new InvalidInput(problem('ENDPOINT_FAILED', message, { place: 'runtime', mend }));
}

const failed = (error: Error): Answer => ({
  text: null,
  label: -1,
  confidence: NaN,
  promptTokens: null,
  completionTokens: null,
  requests: error instanceof RequestBroken || error instanceof RequestRefused ? error.requests : 0,
  seconds: 0,
  failure: error.message,
});

function toPng({ data, ...raw }: Pixels, side: number): Promise<Buffer> {
  return sharp(data, { raw })
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .png({ compressionLevel: 6, adaptiveFiltering: false })
    .toBuffer();
}

const tokensNotTold = (): InvalidInput =>
  new InvalidInput(
    problem('ENDPOINT_FAILED', 'The budget counts tokens, but the server does not tell how many it takes.', {
      place: 'budget.tokens',
      mend: 'Use budget.requests.',
    }),
  );
