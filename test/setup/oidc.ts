import Provider from 'oidc-provider';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OidcProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  close(): Promise<void>;
}

export interface Claims {
  sub: string;
  email: string;
  email_verified: boolean;
  name: string;
}

/**
 * A real OpenID provider (oidc-provider, certified) on this machine. Whoever it is asked about, it takes the word of the
 * login form: the subject is the email.
 * @param verified whether it says that emails are verified
 */
export async function startOidc(redirectUri: string, { verified = true } = {}): Promise<OidcProvider> {
  const http = createServer();
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const client = { clientId: 'samplewise', clientSecret: 'a secret of the provider' };
  const provider = new Provider(issuer, {
    clients: [{ client_id: client.clientId, client_secret: client.clientSecret, redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    findAccount: (_context, sub): { accountId: string; claims: () => Claims & Record<string, unknown> } => ({
      accountId: sub,
      claims: () => ({ sub, email: sub, email_verified: verified, name: sub.split('@')[0]! }),
    }),
  });
  const answer = provider.callback();
  http.on('request', (request, response) => void answer(request, response));
  return {
    issuer,
    ...client,
    close: () =>
      new Promise((resolve) => {
        http.closeAllConnections();
        http.close(() => resolve());
      }),
  };
}

/**
 * What a browser does from the provider's address on: follows redirects with cookies, logs in, consents.
 * @returns the first address outside the provider, where it sends the browser back to
 */
export async function signInAt(issuer: string, address: string, email: string): Promise<string> {
  const jar = new Map<string, string>();
  const visit = async (url: string, form?: Record<string, string>): Promise<{ to: string | null; page: string }> => {
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const location = response.headers.get('location');
    return { to: location === null ? null : new URL(location, url).href, page: await response.text() };
  };
  let at = address;
  for (let step = 0; step < 12; step++) {
    if (!at.startsWith(issuer)) return at;
    const { to, page } = await visit(at);
    if (to !== null) {
      at = to;
      continue;
    }
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    const action = /action="([^"]+)"/.exec(page)?.[1];
    if (prompt === undefined || action === undefined) throw new Error(`The provider says: ${page.slice(0, 2000)}`);
    const next = await visit(new URL(action, at).href, { prompt, login: email, password: 'any' });
    if (next.to === null) throw new Error(`The provider does not go on: ${next.page.slice(0, 2000)}`);
    at = next.to;
  }
  throw new Error('The provider never comes to an end.');
}
