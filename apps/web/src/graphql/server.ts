import 'server-only';
import { createClient, fetchExchange, type AnyVariables, type TypedDocumentNode } from '@urql/core';
import { readConfig } from '@/config';
import { byDigest } from './persisted';

/** Reads for a first view. Each request of a browser has a client of its own; nothing is kept. */
export async function readOnServer<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const { apiUrl, token } = readConfig();
  const client = createClient({
    url: `${apiUrl}/graphql`,
    exchanges: [byDigest, fetchExchange],
    preferGetMethod: false,
    fetchOptions: {
      cache: 'no-store',
      ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
    },
  });
  const { data, error } = await client.query(document, variables, { requestPolicy: 'network-only' }).toPromise();
  if (error || !data) throw new Error(error ? describe(error) : 'The API gave no data.');
  return data;
}

function describe(error: { networkError?: Error | undefined; graphQLErrors: { message: string }[] }): string {
  if (!error.networkError) return error.graphQLErrors.map((e) => e.message).join(' ');
  const { cause } = error.networkError;
  return `The API does not answer: ${cause instanceof Error ? cause.message : error.networkError.message}`;
}
