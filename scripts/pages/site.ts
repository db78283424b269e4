import type { Browser, Page } from 'playwright-core';
import { end } from '../bench/api.ts';
import type { Generated } from '../generate/generate.ts';
import type { PageAddress, PlaceToLook } from './pages.ts';
import { VIEWPORT } from './vitals.ts';
import { startWeb, type Web } from './web.ts';

/** Settings of an API to which people sign in. */
export const ACCOUNTS = {
  SAMPLEWISE_AUTH_SECRET: 'a secret of generated databases, 32 characters and more',
};
const PERSON = { name: 'Ada Lovelace', email: 'ada@example.org', password: 'correct horse battery staple' };

export interface View {
  /** Pixels. */
  width?: number;
  height?: number;
  scheme?: 'light' | 'dark';
}

/** The built page before a generated database: once as this machine has it, once for people who sign in. */
export interface Site {
  /** Opens a page in a profile of its own; `act` gets it before it goes anywhere. */
  open(browser: Browser, page: PageAddress, view?: View, act?: (page: Page) => void): Promise<Page>;
  stop(): Promise<void>;
}

/**
 * @param apiUrl of an API without accounts
 * @param accountsUrl of one with ACCOUNTS on the same database, in which nobody has an account yet
 */
export async function openSite(apiUrl: string, accountsUrl: string, made: Generated): Promise<Site> {
  const [local, signedIn] = await Promise.all([startWeb(apiUrl), startWeb(accountsUrl)]);
  const cookie = await signUp(accountsUrl);
  const place: PlaceToLook = { ...made, invitation: await invite(accountsUrl, cookie) };
  const webs: Record<NonNullable<PageAddress['to']>, Web> = { machine: local, person: signedIn, nobody: signedIn };
  return {
    async open(
      browser,
      { to = 'machine', address },
      { width = VIEWPORT.width, height = VIEWPORT.height, scheme } = {},
      act,
    ) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: scheme ?? 'light',
        ...(to === 'person' ? { extraHTTPHeaders: { cookie } } : {}),
      });
      const page = await context.newPage();
      page.on('close', () => void context.close());
      act?.(page);
      await page.goto(`${webs[to].url}${address(place)}`, { waitUntil: 'load' });
      return page;
    },
    async stop() {
      await Promise.all([end(local.child), end(signedIn.child)]);
    },
  };
}

/** The first person owns the team that was there before. @returns the cookie of the session */
async function signUp(apiUrl: string): Promise<string> {
  const response = await fetch(`${apiUrl}/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: apiUrl },
    body: JSON.stringify(PERSON),
  });
  if (!response.ok) throw new Error(`Nobody could sign up: ${response.status} ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** @returns what an invitation's link carries */
async function invite(apiUrl: string, cookie: string): Promise<string> {
  const ask = async (query: string, variables: object = {}): Promise<unknown> => {
    const response = await fetch(`${apiUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ query, variables }),
    });
    return ((await response.json()) as { data: unknown }).data;
  };
  const { team } = (await ask('{ team(slug: "local") { id } }')) as { team: { id: string } };
  const input = { teamId: team.id, email: 'grace@example.org', role: 'MEMBER' };
  const { result } = (await ask(
    'mutation ($input: InviteMemberInput!) { result: inviteMember(input: $input) { ... on InviteMemberPayload { token } } }',
    { input },
  )) as { result: { token: string } };
  return result.token;
}
