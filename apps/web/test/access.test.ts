import { describe, expect, test } from 'vitest';
import { refusal } from '../src/graphql/access.ts';

const refusalOf = (headers: Record<string, string>, local = true) => refusal(new Headers(headers), local);

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
    expect(refusalOf({ host: 'team.example', origin: 'https://team.example' }, false)).toBeUndefined();
  });

  test.each(['https://evil.example', 'null', 'http://localhost:9999'])('does not pass from a page of %s', (origin) => {
    expect(refusalOf({ host: 'localhost:3000', origin })).toContain(origin);
    expect(refusalOf({ host: 'localhost:3000', origin }, false)).toContain(origin);
  });
});
