import { InvalidInput, problem, type OpenAiRuntime } from '@samplewise/domain';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Allowance } from '../allowance.ts';
import { readCompletion, readRefusal, type Completion } from './chat-completions.ts';
import { RequestBroken, type Connection, type JsonAnswer } from './post-json.ts';

/** Seconds of the first wait; each further one is twice as long. */
const FIRST_WAIT = 0.5;
const LONGEST_WAIT = 30;

/** The server has refused this request, and would again: for what is in it. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly requests: number;

  constructor(message: string, requests: number) {
    super(message);
    this.requests = requests;
  }
}

export interface Asked {
  completion: Completion;
  requests: number;
}

/**
 * Asks until there is an answer. Tries again when the server is busy (429, with Retry-After), fails (5xx), does not
 * answer in time, or sends what is no answer.
 * @param alive called before each wait
 * @throws BudgetUsedUp, RequestRefused, RequestBroken; InvalidInput when all requests would be refused
 */
export async function askServer(
  connection: Connection,
  runtime: OpenAiRuntime,
  body: object,
  { key, allowance, alive }: { key: string | undefined; allowance: Allowance; alive: () => void },
): Promise<Asked> {
  const url = new URL(`${runtime.endpoint.replace(/\/+$/, '')}/chat/completions`);
  for (let requests = 1; ; requests++) {
    allowance.takeRequest();
    const outcome = await tryOnce(() => connection.post(url, body, { key, timeoutSeconds: runtime.timeoutSeconds }));
    if ('completion' in outcome) return { completion: outcome.completion, requests };
    if (outcome.final === true) throw new RequestRefused(outcome.reason, requests);
    if (requests > runtime.retries) throw Object.assign(new RequestBroken(outcome.reason), { requests });
    alive();
    await sleep(1000 * (outcome.wait ?? Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (requests - 1)) * jitter()));
  }
}

/** So that requests that were refused together do not come back together. */
const jitter = (): number => 0.75 + Math.random() / 2;

type Outcome = { completion: Completion } | { reason: string; wait?: number | undefined; final?: boolean };

async function tryOnce(post: () => Promise<JsonAnswer>): Promise<Outcome> {
  let answer: JsonAnswer;
  try {
    answer = await post();
  } catch (error) {
    if (error instanceof RequestBroken) return { reason: error.message };
    throw error;
  }
  const { status, text } = answer;
  if (status === 200) {
    const completion = readCompletion(text);
    return completion ? { completion } : { reason: `the answer is no chat completion: ${text.slice(0, 100)}` };
  }
  const reason = `it answered ${status}: ${readRefusal(text)}`;
  if (status === 401 || status === 403) throw misconfigured(reason, 'runtime.apiKeyVariable');
  if (status === 404 || (status >= 300 && status < 400)) throw misconfigured(reason, 'runtime.model');
  if (status === 408 || status === 409 || status === 425 || status === 429 || status >= 500) {
    return { reason, wait: secondsOf(answer.retryAfter) };
  }
  return { reason, final: true };
}

const misconfigured = (reason: string, place: string): InvalidInput =>
  new InvalidInput(
    problem('ENDPOINT_FAILED', `The model's server can not be used: ${reason}`, {
      place,
      mend: 'Check the address, the name of the model, and the key that the executor has for it.',
    }),
  );

/** Seconds, or a date. A server that asks for more than the longest wait gets that. */
function secondsOf(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined) return undefined;
  const seconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.min(LONGEST_WAIT, Math.max(0, seconds));
}
