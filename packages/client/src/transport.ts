import { Readable } from 'node:stream';
import { InvalidInput } from '@samplewise/domain';
import { z } from 'zod';
import type { ClientConfig } from './config.ts';
import { ConnectionFailed, RequestFailed } from './errors.ts';
import type { Operation } from './operation.ts';
import { problemSchema } from './problem-schema.ts';

const graphqlAnswer = z.object({
  data: z.unknown(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});
const refusal = z.object({
  errors: z.array(z.object({ message: z.string() })).optional(),
  problems: z.array(problemSchema).optional(),
});
const invalidInput = z.object({ __typename: z.literal('InvalidInputError'), problems: z.array(problemSchema) });
const uploadAnswer = z.object({ digest: z.string(), size: z.number() });
export type Uploaded = z.infer<typeof uploadAnswer>;

/** Requests to one API, and its failures as errors that can be read. */
export class Transport {
  readonly url: string;
  readonly #token: string | undefined;

  constructor({ url, token }: ClientConfig) {
    this.url = url.replace(/\/+$/, '');
    this.#token = token;
  }

  /** Sends any document and gives its `data` as it comes. */
  async query(text: string, variables: object = {}): Promise<unknown> {
    const response = await this.#send('/graphql', 'application/json', JSON.stringify({ query: text, variables }));
    const body = await readJson(response);
    const { data, errors = [] } = graphqlAnswer.safeParse(body).data ?? {};
    if (errors.length > 0) throw new RequestFailed(errors.map((e) => e.message).join('\n'), response.status);
    if (!response.ok || data === undefined) throw refused(response, body);
    return data;
  }

  async run<V extends object, R>(operation: Operation<V, R>, variables: V): Promise<R> {
    return operation.result.parse(await this.query(operation.text, variables));
  }

  /**
   * Runs a mutation whose one field is called `result`.
   * @throws InvalidInput with everything that the API finds wrong
   */
  async mutate<V extends object, R>(operation: Operation<{ input: V }, R>, input: V): Promise<R> {
    const { result } = z.object({ result: z.unknown() }).parse(await this.query(operation.text, { input }));
    const invalid = invalidInput.safeParse(result);
    if (invalid.success) {
      const [first, ...more] = invalid.data.problems;
      throw first ? new InvalidInput(first, ...more) : new RequestFailed('The input is invalid.', 200);
    }
    return operation.result.parse(result);
  }

  /** Streams bytes to POST /uploads. */
  async upload(bytes: Readable): Promise<Uploaded> {
    const response = await this.#send('/uploads', 'application/octet-stream', bytes);
    const body = await readJson(response);
    if (!response.ok) throw refused(response, body);
    return uploadAnswer.parse(body);
  }

  /**
   * Streams bytes to a path, and gives the answer as it comes.
   * @throws InvalidInput with everything that the API finds wrong
   */
  async post(path: string, headers: Record<string, string>, body: Readable): Promise<unknown> {
    const response = await this.#send(path, headers['content-type']!, body, headers);
    const answer = await readJson(response);
    if (!response.ok) throw refused(response, answer);
    return answer;
  }

  /** Whether something is at a path. */
  async exists(path: string): Promise<boolean> {
    return (await this.#get(path, 'HEAD')).ok;
  }

  /** The bytes at a path. */
  async download(path: string): Promise<Readable> {
    const response = await this.#get(path, 'GET');
    if (!response.ok || !response.body) throw refused(response, await readJson(response));
    return Readable.fromWeb(response.body);
  }

  get authorization(): Record<string, string> {
    return this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` };
  }

  async #get(path: string, method: 'GET' | 'HEAD'): Promise<Response> {
    try {
      return await fetch(`${this.url}${path}`, { method, headers: this.authorization });
    } catch (error) {
      throw new ConnectionFailed(this.url, error);
    }
  }

  async #send(path: string, type: string, body: string | Readable, more: object = {}): Promise<Response> {
    const headers = {
      ...more,
      'content-type': type,
      accept: 'application/json',
      ...this.authorization,
    };
    try {
      return await fetch(`${this.url}${path}`, { method: 'POST', headers, body, duplex: 'half' });
    } catch (error) {
      // What the caller's own stream has thrown is his error, not the connection's.
      if (typeof body !== 'string' && body.errored && isCause(error, body.errored)) throw body.errored;
      throw new ConnectionFailed(this.url, error);
    }
  }
}

function isCause(error: unknown, wanted: Error): boolean {
  return error === wanted || (error instanceof Error && isCause(error.cause, wanted));
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // A proxy's page, or another program on this port.
    throw new RequestFailed(`The answer (${response.status}) is not JSON: ${text.slice(0, 200)}`, response.status);
  }
}

function refused(response: Response, body: unknown): Error {
  const { errors = [], problems = [] } = refusal.safeParse(body).data ?? {};
  const [first, ...more] = problems;
  if (first) return new InvalidInput(first, ...more);
  const said = errors.map((e) => e.message).join('\n');
  return new RequestFailed(said === '' ? `The API answered ${response.status}.` : said, response.status);
}
