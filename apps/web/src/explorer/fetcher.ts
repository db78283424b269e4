import { getOperationAST, OperationTypeNode, parse, type OperationDefinitionNode } from 'graphql';
import { createClient } from 'graphql-sse';
import type { GraphiQLProps } from 'graphiql';

/** Runs the explorer's operations as the pages run theirs: by fetch, and subscriptions by server-sent events. */
export function makeFetcher(): GraphiQLProps['fetcher'] {
  const stream = createClient({ url: '/graphql/stream', retryAttempts: Infinity });
  return async ({ query, variables, operationName }, options) => {
    const only = theOperation(query);
    // Shortly after a tab was changed, GraphiQL names the operation of the one before.
    const asked = {
      query,
      variables: variables as Record<string, unknown>,
      ...(!only && operationName != null && { operationName }),
    };
    const type = (only ?? theOperation(query, operationName))?.operation;
    if (type === OperationTypeNode.SUBSCRIPTION) return stream.iterate(asked);
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        ...headersOf(options),
        accept: 'application/graphql-response+json',
        'content-type': 'application/json',
      },
      body: JSON.stringify(asked),
    });
    return (await response.json()) as object;
  };
}

/** Those of the headers editor. */
const headersOf = (options: { headers?: unknown } | undefined): Record<string, string> =>
  (options?.headers ?? {}) as Record<string, string>;

/** @returns none where there are several, or the document can't be parsed: the API says what is wrong with it */
function theOperation(query: string, name?: string | null): OperationDefinitionNode | undefined {
  try {
    return getOperationAST(parse(query), name) ?? undefined;
  } catch {
    return undefined;
  }
}
