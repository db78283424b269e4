import { request } from 'node:http';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStack, type Stack } from '../setup/stack.ts';

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

test('the API does not listen beyond this machine without a token', async () => {
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
        },
      },
      (_error, stdout, err) => resolve(stdout + err),
    );
  });
  expect(stderr).toContain('SAMPLEWISE_API_TOKEN');
});
