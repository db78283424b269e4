import { expect, test } from 'vitest';
import { needsSignIn } from '../src/graphql/needs-sign-in.ts';

const error = (code: string) => ({ graphQLErrors: [{ extensions: { code } }] }) as never;

test('an answer that asks for a sign-in is known, be it an error or a problem of a mutation', () => {
  expect(needsSignIn(null, error('UNAUTHENTICATED'))).toBe(true);
  expect(needsSignIn({ updateRun: { problems: [{ code: 'UNAUTHENTICATED' }] } }, undefined)).toBe(true);
  expect(needsSignIn({ updateRun: { problems: [{ code: 'FORBIDDEN' }] } }, error('FORBIDDEN'))).toBe(false);
  expect(needsSignIn({ project: null, node: { problems: [] } }, undefined)).toBe(false);
});
