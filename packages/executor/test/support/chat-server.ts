import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

/** What a server of chat completions is asked, as far as OpenAI's reference describes it. */
const body = z.strictObject({
  model: z.string(),
  messages: z.array(
    z.union([
      z.strictObject({ role: z.literal('system'), content: z.string() }),
      z.strictObject({
        role: z.literal('user'),
        content: z.tuple([
          z.strictObject({ type: z.literal('image_url'), image_url: z.strictObject({ url: z.string() }) }),
          z.strictObject({ type: z.literal('text'), text: z.string() }),
        ]),
      }),
    ]),
  ),
  max_tokens: z.number(),
  temperature: z.number(),
  seed: z.number().optional(),
  logprobs: z.literal(true).optional(),
  stream: z.literal(false),
});

export interface Asked {
  body: z.infer<typeof body>;
  /** The picture's bytes. */
  image: Buffer;
  text: string;
  authorization: string | undefined;
}

/** Answers one request in whatever way. */
export type Behaviour = (response: ServerResponse, asked: Asked, n: number) => unknown;

export interface ChatServer {
  /** Such as http://127.0.0.1:1234/v1 */
  endpoint: string;
  origin: string;
  asked: Asked[];
  /** Requests at the same time, at most. */
  most: number;
  behave: Behaviour;
  close(): Promise<void>;
}

/** A real HTTP server that speaks chat completions, as vLLM, Ollama and llama.cpp do; how it answers is the test's. */
export async function startChatServer(behave: Behaviour): Promise<ChatServer> {
  let open = 0;
  const server: Server = createServer((request, response) => {
    open++;
    running.most = Math.max(running.most, open);
    response.on('close', () => open--);
    answer(request, response, running).catch((error: unknown) => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: String(error) } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const running: ChatServer = {
    endpoint: `${origin}/v1`,
    origin,
    asked: [],
    most: 0,
    behave,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return running;
}

async function answer(request: IncomingMessage, response: ServerResponse, running: ChatServer): Promise<void> {
  if (request.url !== '/v1/chat/completions') throw new Error(`no such path: ${request.url}`);
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const parsed = body.parse(JSON.parse(Buffer.concat(chunks).toString()));
  const user = parsed.messages.find((message) => message.role === 'user')!;
  const [image, text] = user.content;
  const asked: Asked = {
    body: parsed,
    image: Buffer.from(/^data:image\/png;base64,(.+)$/.exec(image.image_url.url)![1]!, 'base64'),
    text: text.text,
    authorization: request.headers.authorization,
  };
  await running.behave(response, asked, running.asked.push(asked) - 1);
}

/** A completion as OpenAI's reference shows it. @param logprobs of the tokens, which make up the text */
export function say(
  response: ServerResponse,
  content: string | null,
  { logprobs, usage = true }: { logprobs?: [string, number][]; usage?: boolean } = {},
): void {
  const tokens = logprobs?.map(([token, logprob]) => ({ token, logprob, bytes: null, top_logprobs: [] }));
  respond(response, 200, {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'phi',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content },
        finish_reason: 'stop',
        logprobs: tokens ? { content: tokens } : null,
      },
    ],
    ...(usage ? { usage: { prompt_tokens: 700, completion_tokens: 3, total_tokens: 703 } } : {}),
  });
}

export function respond(
  response: ServerResponse,
  status: number,
  content: object | string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof content === 'string' ? content : JSON.stringify(content));
}
