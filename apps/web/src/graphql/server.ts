import 'server-only';
import { createClient, fetchExchange, type AnyVariables, type CombinedError, type TypedDocumentNode } from '@urql/core';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { signInAddress } from '@/accounts/way-back';
import { readConfig } from '@/config';
import { PATH_HEADER } from './path';
import { byDigest } from './persisted';
import { PageError } from './problem';
import { sessionOf } from './session';

/**
 * Reads for a first view, in the name of who has signed in in the browser that asks. Nothing is kept beyond its request;
 * within it, what a page and its title both ask for is read once. Who has to sign in is sent there.
 * @throws PageError
 */
export const readOnServer = <Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> => readOnce(document as TypedDocumentNode, JSON.stringify(variables)) as Promise<Data>;

const readOnce = cache(async (document: TypedDocumentNode, variables: string): Promise<unknown> => {
  const { apiUrl, token } = readConfig();
  const asked = await headers();
  const client = createClient({
    url: `${apiUrl}/graphql`,
    exchanges: [byDigest, fetchExchange],
    preferGetMethod: false,
    fetchOptions: { cache: 'no-store', headers: credentials(token, asked.get('cookie')) },
  });
  const { data, error } = await client
    .query<unknown>(document, JSON.parse(variables) as AnyVariables, { requestPolicy: 'network-only' })
    .toPromise();
  if (!error) return data;
  const problem = toPageError(error);
  const path = asked.get(PATH_HEADER) ?? '/';
  // The sign-in itself would lead to itself.
  if (problem.code === 'UNAUTHENTICATED' && !path.startsWith('/sign-')) redirect(signInAddress(path));
  throw problem;
});

function credentials(token: string | undefined, cookies: string | null): Record<string, string> {
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  const cookie = sessionOf(cookies);
  return cookie === undefined ? {} : { cookie };
}

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
