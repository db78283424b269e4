import http from 'node:http';
import https from 'node:https';
import { guardedLookup } from './allow-list.ts';

/** An answer is some words; a server that sends much more is not what it should be. */
const ANSWER_BYTES = 1024 * 1024;

export interface JsonAnswer {
  status: number;
  /** Header. */
  retryAfter: string | undefined;
  /** Of whatever status; may be no JSON. */
  text: string;
}

/** The server could not be asked, or did not answer as a server does. Another try may help. */
export class RequestBroken extends Error {
  override readonly name = 'RequestBroken';
  /** Made in vain. */
  requests = 1;
}

export interface Connection {
  post(url: URL, body: unknown, options: { key: string | undefined; timeoutSeconds: number }): Promise<JsonAnswer>;
}

/** Kept connections, and no redirects: they would lead around the allow-list. */
export function openConnection(atOnce: number): Connection {
  const options = { keepAlive: true, maxSockets: atOnce, timeout: 30_000 };
  const agents = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) };
  return {
    post: (url, body, { key, timeoutSeconds }) => {
      const { request } = url.protocol === 'https:' ? https : http;
      const bytes = Buffer.from(JSON.stringify(body));
      const signal = AbortSignal.timeout(timeoutSeconds * 1000);
      return new Promise((resolve, reject) => {
        const fail = (error: Error): void => {
          const timedOut = signal.aborted ? `no answer within ${timeoutSeconds} s` : undefined;
          // What the look-up has refused is refused for good.
          reject(
            error.name === 'InvalidInput' ? error : new RequestBroken(timedOut ?? reason(error), { cause: error }),
          );
        };
        const sent = request(
          url,
          {
            method: 'POST',
            agent: agents[url.protocol as keyof typeof agents],
            lookup: guardedLookup,
            signal,
            headers: {
              'content-type': 'application/json',
              'content-length': bytes.length,
              accept: 'application/json',
              ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
            },
          },
          (response) => {
            readText(response).then((text) => {
              const { statusCode: status = 0, headers } = response;
              resolve({ status, retryAfter: headers['retry-after'], text: withoutKey(text, key) });
            }, fail);
          },
        );
        sent.on('error', fail);
        sent.end(bytes);
      });
    },
  };
}

/** Servers may quote what they refuse, and all that they say may be shown. */
const withoutKey = (text: string, key: string | undefined): string =>
  key === undefined ? text : text.replaceAll(key, '***');

async function readText(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > ANSWER_BYTES) throw new RequestBroken(`the answer has more than ${ANSWER_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** An attempt at several addresses has an error for each, and no words of its own. */
function reason(error: Error): string {
  if (error instanceof AggregateError && error.errors.length > 0) return (error.errors[0] as Error).message;
  return error.message;
}
