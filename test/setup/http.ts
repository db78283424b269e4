import { request } from 'node:http';

export interface GraphQLAnswer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> & { code: string } }[];
  extensions?: { cost?: { requested: number | null; limit: number; depth: number | null; breadth: number | null } };
}

export interface Answered {
  status: number;
  body: string;
  /** From the first byte sent to the last byte of the answer. */
  milliseconds: number;
}

/** A request as its bytes stand; the answer is read while the body may still be on its way. */
export function send(
  url: string,
  body: string | Buffer | Iterable<Buffer>,
  headers: Record<string, string> = {},
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const sent = request(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers } });
    sent.on('error', reject);
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode!, body: text, milliseconds: performance.now() - start });
        sent.destroy();
      });
    });
    if (typeof body === 'string' || Buffer.isBuffer(body)) {
      sent.end(body);
      return;
    }
    const chunks = body[Symbol.iterator]();
    const write = (): void => {
      for (let next = chunks.next(); !sent.destroyed; next = chunks.next()) {
        if (next.done) {
          sent.end();
          return;
        }
        if (!sent.write(next.value)) {
          sent.once('drain', write);
          return;
        }
      }
    };
    write();
  });
}

/** One GraphQL operation, by whatever it is answered. */
export async function askGraphQL(apiUrl: string, query: string, variables: object = {}): Promise<GraphQLAnswer> {
  const { body } = await send(`${apiUrl}/graphql`, JSON.stringify({ query, variables }));
  return JSON.parse(body) as GraphQLAnswer;
}
