import { request } from 'node:http';
import { execFile, fork } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askAs, AUTH_SECRET, bearer, PASSWORD, postAuth, signUp } from '../setup/people.ts';
import { end, freePort, startStack, type Stack } from '../setup/stack.ts';

const TOKEN = 'a token of more than sixteen characters';
let local: Stack;
let guarded: Stack;

beforeAll(async () => {
  [local, guarded] = await Promise.all([startStack(), startStack({ SAMPLEWISE_API_TOKEN: TOKEN })]);
});
afterAll(() => Promise.all([local.stop(), guarded.stop()]));

/** `fetch` does not let one set the host or the origin. */
function statusOf(url: string, method: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers: { 'content-type': 'application/json', ...headers } }, (response) => {
      response.resume();
      resolve(response.statusCode!);
    });
    sent.on('error', reject);
    sent.end(method === 'POST' ? '{"query":"{ __typename }"}' : undefined);
  });
}

const ROUTES = [
  ['POST', '/graphql'],
  ['POST', '/graphql/stream'],
  ['POST', '/uploads'],
  ['GET', `/blobs/${'0'.repeat(64)}`],
] as const;

describe.each(ROUTES)('%s %s', (method, route) => {
  test('in local mode is not for hosts and pages of strangers', async () => {
    const ask = (headers: Record<string, string>) => statusOf(`${local.apiUrl}${route}`, method, headers);
    expect(await ask({ host: 'evil.example' })).toBe(403);
    expect(await ask({ origin: 'https://evil.example' })).toBe(403);
    expect(await ask({ origin: 'null' })).toBe(403);
    expect(await ask({ origin: 'http://localhost:3000' })).not.toBe(403);
  });

  test('with a token needs that token, whatever the host', async () => {
    const ask = (headers: Record<string, string>) => statusOf(`${guarded.apiUrl}${route}`, method, headers);
    expect(await ask({})).toBe(401);
    expect(await ask({ authorization: 'Bearer another token of that length' })).toBe(401);
    expect(await ask({ authorization: `Basic ${TOKEN}` })).toBe(401);
    expect(await ask({ authorization: `Bearer ${TOKEN}`, host: 'team.example' })).not.toBe(401);
  });
});

test('health needs no token and tells nothing more', async () => {
  const response = await fetch(`${guarded.apiUrl}/health`);
  expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
});

test.each<[string, Record<string, string>, string]>([
  ['without a token or accounts', {}, 'SAMPLEWISE_API_TOKEN or SAMPLEWISE_AUTH_SECRET'],
  ['with accounts whose address nobody knows', { SAMPLEWISE_AUTH_SECRET: AUTH_SECRET }, 'SAMPLEWISE_PUBLIC_URL'],
  ['with half a provider', { SAMPLEWISE_OIDC_ISSUER: 'https://sso.example' }, '_CLIENT_SECRET belong together'],
  ['with a short secret', { SAMPLEWISE_AUTH_SECRET: 'short' }, 'at least 32 characters'],
])('the API does not listen beyond this machine %s', async (_how, environment, says) => {
  const stderr = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [path.resolve(import.meta.dirname, '../../apps/api/src/main.ts')],
      {
        env: {
          PATH: process.env.PATH,
          DATABASE_URL: local.databaseUrl,
          SAMPLEWISE_STORAGE: local.storage,
          HOST: '0.0.0.0',
          ...environment,
        },
      },
      (_error, stdout, err) => resolve(stdout + err),
    );
  });
  expect(stderr).toContain(says);
});

test("the server's token may do anything, and makes tokens for teams beside itself", async () => {
  const operator = bearer(TOKEN);
  const made = await askAs(
    guarded.apiUrl,
    operator,
    'mutation { createProject(input: { name: "P" }) { ... on CreateProjectPayload { project { team { id } } } } }',
  );
  const team = (made.data as { createProject: { project: { team: { id: string } } } }).createProject.project.team.id;
  const { data } = await askAs(
    guarded.apiUrl,
    operator,
    `mutation { createServiceToken(input: { teamId: "${team}", name: "ci", role: VIEWER, scope: READ }) {
      ... on CreateServiceTokenPayload { secret } } }`,
  );
  const { secret } = (data as { createServiceToken: { secret: string } }).createServiceToken;
  const viewer = '{ viewer { kind scope } projects { edges { node { name } } } }';
  expect((await askAs(guarded.apiUrl, bearer(secret), viewer)).data).toEqual({
    viewer: { kind: 'TOKEN', scope: 'READ' },
    projects: { edges: [{ node: { name: 'P' } }] },
  });
});

/** The API's log on its finest level, of whatever is asked meanwhile. */
async function logOf(work: (apiUrl: string) => Promise<void>): Promise<string> {
  const port = await freePort();
  const child = fork(path.resolve(import.meta.dirname, '../../apps/api/src/main.ts'), {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: local.databaseUrl,
      SAMPLEWISE_STORAGE: local.storage,
      PORT: String(port),
      LOG_LEVEL: 'debug',
      SAMPLEWISE_API_TOKEN: TOKEN,
      SAMPLEWISE_AUTH_SECRET: AUTH_SECRET,
      SAMPLEWISE_SIGN_UP: 'open',
    },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let log = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (bytes: Buffer) => (log += bytes.toString()));
  await new Promise((resolve) => child.once('message', resolve));
  try {
    await work(`http://127.0.0.1:${port}`);
  } finally {
    await end(child);
  }
  return log;
}

test('no secret gets into the log', async () => {
  const secrets = [TOKEN, AUTH_SECRET, PASSWORD, 'sw_a-token-that-is-none', 'another password that is wrong'];
  const log = await logOf(async (apiUrl) => {
    const session = await signUp({ apiUrl, pool: local.pool }, 'somebody');
    secrets.push(...session.cookie!.split('=').slice(1));
    const attempt = { email: 'somebody@example.org', name: 'x', password: secrets[4]! };
    await postAuth(apiUrl, 'sign-in/email', attempt);
    await postAuth(apiUrl, 'sign-up/email', attempt);
    await postAuth(apiUrl, 'sign-up/email', { ...attempt, email: 'no email' });
    for (const credentials of [session, bearer(TOKEN), bearer(secrets[3]!)]) {
      const made = await askAs(
        apiUrl,
        credentials,
        `mutation { createPersonalToken(input: { name: "t", scope: READ }) { ... on CreatePersonalTokenPayload { secret } } }`,
      );
      const { secret } = (made.data?.createPersonalToken ?? {}) as { secret?: string };
      if (secret !== undefined) secrets.push(secret);
    }
  });
  expect(secrets).toHaveLength(7);
  expect(log).toContain('listening');
  expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
});
