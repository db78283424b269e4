import 'server-only';
import { createClient, fetchExchange, type AnyVariables, type CombinedError, type TypedDocumentNode } from '@urql/core';
import { cache } from 'react';
import { readConfig } from '@/config';
import { byDigest } from './persisted';
import { PageError } from './problem';

/**
 * Reads for a first view. Nothing is kept beyond the request of a browser; within it, what a page and its title both
 * ask for is read once.
 * @throws PageError
 */
export const readOnServer = <Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> => readOnce(document as TypedDocumentNode, JSON.stringify(variables)) as Promise<Data>;

const readOnce = cache(async (document: TypedDocumentNode, variables: string): Promise<unknown> => {
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
  const { data, error } = await client
    .query<unknown>(document, JSON.parse(variables) as AnyVariables, { requestPolicy: 'network-only' })
    .toPromise();
  if (error) throw toPageError(error);
  return data;
});

function toPageError({ networkError, graphQLErrors }: CombinedError): PageError {
  if (!networkError) {
    const code = graphQLErrors[0]?.extensions.code;
    return new PageError({
      code: typeof code === 'string' ? code : 'UNKNOWN',
      message: graphQLErrors.map(({ message }) => message).join(' '),
    });
  }
  const { cause } = networkError;
  const reason = cause instanceof Error ? cause.message : networkError.message;
  return new PageError({ code: 'UNAVAILABLE', message: `The API does not answer: ${reason}` });
}
