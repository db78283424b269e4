'use client';

import { createClient, fetchExchange, subscriptionExchange, type Client } from '@urql/core';
import { createClient as createStream } from 'graphql-sse';

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
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }) => ({
          subscribe: (sink) => ({
            unsubscribe: stream.subscribe(
              { query, variables: variables as Record<string, unknown> },
              sink as Parameters<typeof stream.subscribe>[1],
            ),
          }),
        }),
      }),
    ],
  });
}
