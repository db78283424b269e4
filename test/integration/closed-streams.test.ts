import express, { type Request, type Response } from 'express';
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

const GONE = /^(ERR_STREAM_DESTROYED|ECANCELED)$/;

const servers: Server[] = [];
let ended = false;
const errors: (Error & { code?: string })[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
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
  app.use(express.json(), (asked, answer) =>
    handler(asked, answer).catch((error: unknown) => {
      errors.push(error as Error);
      answer.destroy();
    }),
  );
  const server = createServer(app).listen(0, '127.0.0.1');
  servers.push(server);
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

test('without that it is one, and another error still is', async () => {
  await leave(stream);
  await expect.poll(() => errors.map(({ code }) => code)).toEqual([expect.stringMatching(GONE)]);
  await leave(
    untilReaderLeaves(async (...of) => {
      await stream(...of).catch(() => undefined);
      throw new Error('broken');
    }),
  );
  await expect.poll(() => errors.at(-1)?.message).toBe('broken');
});
