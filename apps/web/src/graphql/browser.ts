'use client';

import { createClient, fetchExchange, subscriptionExchange, type Client } from '@urql/core';
import type { Client as Stream, RequestParams, Sink } from 'graphql-sse';
import { byDigest, operationDigest } from './persisted';
import { toSignIn } from './to-sign-in';

let client: Client | undefined;

/** The page's one client: queries and mutations by fetch, subscriptions by server-sent events that reconnect. */
export function browserClient(): Client {
  client ??= makeClient();
  return client;
}

function makeClient(): Client {
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
            unsubscribe: subscribe(
              // With its text at once: a stream is opened rarely, and refused for good.
              { query, variables: variables as Record<string, unknown>, extensions: persistedQuery(operation.query) },
              sink,
            ),
          }),
        }),
      }),
    ],
  });
}

let stream: Promise<Stream> | undefined;

/** What speaks to the stream is read with the first subscription: many pages have none. @returns what ends it */
function subscribe(request: RequestParams, sink: Sink): () => void {
  stream ??= import('graphql-sse').then(({ createClient: create }) =>
    create({ url: '/graphql/stream', retryAttempts: Infinity }),
  );
  let end: (() => void) | undefined;
  let ended = false;
  stream.then(
    (open) => {
      if (!ended) end = open.subscribe(request, sink);
    },
    (error: unknown) => {
      stream = undefined; // the next one tries again
      sink.error(error);
    },
  );
  return () => {
    ended = true;
    end?.();
  };
}

function persistedQuery(document: object): Record<string, unknown> {
  const sha256Hash = operationDigest(document);
  return sha256Hash === undefined ? {} : { persistedQuery: { version: 1, sha256Hash } };
}
