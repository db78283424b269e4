import { describe, expect, test } from 'vitest';
import { refusal } from '../src/graphql/access.ts';
import { sessionOf } from '../src/graphql/session.ts';

const LOCAL = { token: undefined, publicOrigin: undefined };
const TOKEN = { token: 'secret', publicOrigin: undefined };
const PUBLIC = { token: undefined, publicOrigin: 'https://evaluate.example' };
const PUBLIC_LOCAL = { token: undefined, publicOrigin: 'http://127.0.0.1:3000' };

const refusalOf = (headers: Record<string, string>, config: Parameters<typeof refusal>[1] = LOCAL) =>
  refusal(new Headers(headers), config);

describe('a request to the page', () => {
  test.each([
    [{ host: 'localhost:3000' }],
    [{ host: '[::1]:3000', origin: 'http://[::1]:3000' }],
    [{ host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' }],
  ])('passes from this machine: %o', (headers) => {
    expect(refusalOf(headers)).toBeUndefined();
  });

  test('does not pass under the name of a stranger in local mode, but does with a token', () => {
    expect(refusalOf({ host: 'evil.example' })).toContain('evil.example');
    expect(refusalOf({ host: 'team.example', origin: 'https://team.example' }, TOKEN)).toBeUndefined();
  });

  test.each([LOCAL, TOKEN, PUBLIC_LOCAL])('does not pass from a page of strangers: %o', (config) => {
    for (const origin of ['https://evil.example', 'null', 'http://localhost:9999']) {
      expect(refusalOf({ host: 'localhost:3000', origin }, config)).toContain(origin);
    }
  });

  test('passes under the public name alone, where there is one', () => {
    expect(refusalOf({ host: 'evaluate.example', origin: 'https://evaluate.example' }, PUBLIC)).toBeUndefined();
    expect(refusalOf({ host: 'EVALUATE.example' }, PUBLIC)).toBeUndefined();
    for (const host of ['evil.example', 'localhost:3000', 'evaluate.example:81', 'evaluate.example.evil.example']) {
      expect(refusalOf({ host }, PUBLIC)).toContain(host);
    }
    expect(refusalOf({ host: 'evaluate.example', origin: 'https://evil.example' }, PUBLIC)).toContain('evil');
  });

  test('passes under each name of this machine, where the public one is one of them', () => {
    expect(refusalOf({ host: 'localhost:3000', origin: 'http://localhost:3000' }, PUBLIC_LOCAL)).toBeUndefined();
    expect(refusalOf({ host: 'localhost:3001' }, PUBLIC_LOCAL)).toContain('localhost:3001');
  });
});

test('of all cookies those of the session alone are handed on', () => {
  expect(sessionOf('theme=dark; samplewise.session_token=a.b%3D; __Secure-samplewise.state=c; samplewise=x')).toBe(
    'samplewise.session_token=a.b%3D; __Secure-samplewise.state=c',
  );
  expect(sessionOf('theme=dark')).toBeUndefined();
  expect(sessionOf(null)).toBeUndefined();
});
