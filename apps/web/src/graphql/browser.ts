'use client';

import { createClient, fetchExchange, subscriptionExchange, type Client } from '@urql/core';
import { createClient as createStream } from 'graphql-sse';
import { byDigest, operationDigest } from './persisted';
import { toSignIn } from './to-sign-in';

let client: Client | undefined;

/** The page's one client: queries and mutations by fetch, subscriptions by server-sent events that reconnect. */
export function browserClient(): Client {
  client ??= makeClient();
  return client;
}

function makeClient(): Client {
  const stream = createStream({ url: '/graphql/stream', retryAttempts: Infinity });
  return createClient({
    url: '/graphql',
    preferGetMethod: false,
    requestPolicy: 'network-only',
    exchanges: [
      toSignIn,
      byDigest,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }, operation) => ({
          subscribe: (sink) => ({
            unsubscribe: stream.subscribe(
              // With its text at once: a stream is opened rarely, and refused for good.
              { query, variables: variables as Record<string, unknown>, extensions: persistedQuery(operation.query) },
              sink as Parameters<typeof stream.subscribe>[1],
            ),
          }),
        }),
      }),
    ],
  });
}

function persistedQuery(document: object): Record<string, unknown> {
  const sha256Hash = operationDigest(document);
  return sha256Hash === undefined ? {} : { persistedQuery: { version: 1, sha256Hash } };
}
