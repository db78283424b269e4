import type { GraphQLAnswer } from './http.ts';
import type { Stack } from './stack.ts';

export const AUTH_SECRET = 'a secret of the tests, at least 32 characters';
export const PASSWORD = 'correct horse battery staple';

/** How somebody is known to the API: by headers. */
export type Credentials = Record<string, string>;
export const ANONYMOUS: Credentials = {};
export const bearer = (token: string): Credentials => ({ authorization: `Bearer ${token}` });

/** A GraphQL operation in somebody's name. */
export async function askAs(
  apiUrl: string,
  who: Credentials,
  query: string,
  variables: object = {},
): Promise<GraphQLAnswer & { status: number }> {
  const response = await fetch(`${apiUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...who },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, ...((await response.json()) as GraphQLAnswer) };
}

/** POST to what answers people's sign-ins. */
export async function postAuth(
  apiUrl: string,
  path: string,
  body: object,
  who: Credentials = {},
): Promise<{ status: number; body: Record<string, unknown> | null; cookies: string[] }> {
  const response = await fetch(`${apiUrl}/auth/${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/json', origin: apiUrl, ...who },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text === '' ? null : (JSON.parse(text) as Record<string, unknown>),
    cookies: response.headers.getSetCookie(),
  };
}

/** What a browser sends back of the cookies that it was given. */
export const cookieOf = (cookies: readonly string[]): Credentials => ({
  cookie: cookies.map((cookie) => cookie.split(';')[0]!).join('; '),
});

/** Makes an account, and gives its session; however many there were in these seconds. @throws when it is refused */
export async function signUp(
  { apiUrl, pool }: Pick<Stack, 'apiUrl' | 'pool'>,
  name: string,
  more: object = {},
): Promise<Credentials> {
  await pool.query('DELETE FROM rate_limit');
  const email = `${name}@example.org`;
  const { status, body, cookies } = await postAuth(apiUrl, 'sign-up/email', {
    name,
    email,
    password: PASSWORD,
    ...more,
  });
  if (status !== 200) throw new Error(`${name} may not sign up: ${status} ${JSON.stringify(body)}`);
  return cookieOf(cookies);
}
