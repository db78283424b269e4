import express, { type NextFunction, type Request, type Response } from 'express';
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/express';
import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { untilReaderLeaves } from '../../apps/api/src/http/streams.ts';

/** More than a connection takes that nobody reads from, so that a write waits when the reader leaves. */
const EVENT = 'x'.repeat(8_000_000);

let server: Server | undefined;
let ended = false;
const errors: (Error & { code?: string })[] = [];

afterEach(() => {
  server?.close();
  errors.length = 0;
  ended = false;
});

async function* events() {
  try {
    for (;;) {
      yield { event: EVENT };
      await sleep(20); // nothing holds it back when nobody reads
    }
  } finally {
    ended = true;
  }
}

const event = { type: GraphQLString };
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: { event } }),
  subscription: new GraphQLObjectType({ name: 'Subscription', fields: { event: { ...event, subscribe: events } } }),
});
const stream = createHandler({ schema, authenticate: () => null }) as (
  request: Request,
  response: Response,
) => Promise<void>;

/** Subscribes as a page does, and leaves in the middle of the first event. */
async function leave(handler: typeof stream): Promise<void> {
  const app = express();
  app.use(express.json(), handler);
  app.use((error: Error, _request: Request, response: Response, _next: NextFunction) => {
    errors.push(error);
    response.destroy();
  });
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const reader = request({
    port: (server.address() as AddressInfo).port,
    host: '127.0.0.1',
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
  });
  reader.on('error', () => undefined); // it leaves on purpose
  reader.end(JSON.stringify({ query: 'subscription { event }' }));
  const [answer] = (await once(reader, 'response')) as [NodeJS.ReadableStream];
  answer.on('error', () => undefined); // likewise
  await once(answer, 'readable');
  reader.destroy();
}

test('a subscription whose reader leaves in the middle of an event ends without an error', async () => {
  let done: Promise<void> | undefined;
  await leave((...of) => (done = untilReaderLeaves(stream)(...of)));
  await done;
  expect([ended, errors]).toEqual([true, []]);
});

test('it would be one otherwise, and other errors still are', async () => {
  await leave(stream);
  await expect
    .poll(() => errors.map(({ code }) => code))
    .toEqual([expect.stringMatching(/^(ERR_STREAM_DESTROYED|ECANCELED)$/)]);
  const broken = untilReaderLeaves(() => Promise.reject(new Error('broken')));
  await expect(broken({} as Request, { destroyed: true } as Response)).rejects.toThrow('broken');
});
