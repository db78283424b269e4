import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signInAt, startOidc, type OidcProvider } from '../setup/oidc.ts';
import { askAs, AUTH_SECRET, cookieOf, postAuth, signUp, type Credentials } from '../setup/people.ts';
import { freePort, startStack, type Stack } from '../setup/stack.ts';

let stack: Stack;
let provider: OidcProvider;
beforeAll(async () => {
  const port = await freePort();
  const apiUrl = `http://127.0.0.1:${port}`;
  provider = await startOidc(`${apiUrl}/auth/callback/oidc`);
  stack = await startStack({
    PORT: String(port),
    SAMPLEWISE_AUTH_SECRET: AUTH_SECRET,
    SAMPLEWISE_OIDC_ISSUER: provider.issuer,
    SAMPLEWISE_OIDC_CLIENT_ID: provider.clientId,
    SAMPLEWISE_OIDC_CLIENT_SECRET: provider.clientSecret,
    SAMPLEWISE_OIDC_EMAIL_DOMAIN: 'example.org',
  });
  await signUp(stack, 'first');
});
afterAll(async () => {
  await stack.stop();
  await provider.close();
});

/** From the button to the session, as a browser goes. */
async function signIn(email: string): Promise<{ session: Credentials; location: string }> {
  await stack.pool.query('DELETE FROM rate_limit');
  const begun = await postAuth(stack.apiUrl, 'sign-in/social', { provider: 'oidc', callbackURL: '/' });
  const back = await signInAt(provider.issuer, begun.body!.url as string, email);
  const response = await fetch(back, { redirect: 'manual', headers: cookieOf(begun.cookies) });
  return { session: cookieOf(response.headers.getSetCookie()), location: response.headers.get('location') ?? '' };
}

const personOf = async (who: Credentials): Promise<unknown> =>
  (await askAs(stack.apiUrl, who, '{ viewer { kind person { name email } } }')).data;

describe('an OpenID provider', () => {
  test('lets people of the domain in, and knows them again', async () => {
    const { session } = await signIn('nora@example.org');
    expect(await personOf(session)).toEqual({
      viewer: { kind: 'PERSON', person: { name: 'nora', email: 'nora@example.org' } },
    });
    const again = await signIn('nora@example.org');
    expect(await personOf(again.session)).toEqual(await personOf(session));
    const { rows } = await stack.pool.query<{ provider_id: string; access_token: string | null }>(
      `SELECT provider_id, access_token FROM account WHERE account_id = 'nora@example.org'`,
    );
    expect(rows).toMatchObject([{ provider_id: 'oidc' }]);
  });

  test('lets nobody else in', async () => {
    const { session, location } = await signIn('mallory@elsewhere.example');
    expect(location).toContain('error');
    expect(await personOf(session)).toMatchObject({ viewer: { kind: 'ANONYMOUS' } });
    const { rows } = await stack.pool.query(`SELECT 1 FROM person WHERE email LIKE 'mallory%'`);
    expect(rows).toEqual([]);
  });

  test('does not take over an account with a password, whose email nobody has verified', async () => {
    const { session, location } = await signIn('first@example.org');
    expect(location).toContain('account_not_linked');
    expect(await personOf(session)).toMatchObject({ viewer: { kind: 'ANONYMOUS' } });
  });

  test('is believed only in the browser that began', async () => {
    const begun = await postAuth(stack.apiUrl, 'sign-in/social', { provider: 'oidc', callbackURL: '/' });
    const back = await signInAt(provider.issuer, begun.body!.url as string, 'nora@example.org');
    const response = await fetch(back, { redirect: 'manual' });
    expect(await personOf(cookieOf(response.headers.getSetCookie()))).toMatchObject({ viewer: { kind: 'ANONYMOUS' } });
  });
});
