import type { CombinedError } from '@urql/core';

const CODE = 'UNAUTHENTICATED';

/** Whether an answer says that somebody has to sign in, as an error or as a mutation's problem. */
export function needsSignIn(data: unknown, error: Pick<CombinedError, 'graphQLErrors'> | undefined): boolean {
  if (error?.graphQLErrors.some(({ extensions }) => extensions.code === CODE)) return true;
  return Object.values(data ?? {}).some((payload) => {
    const { problems = [] } = (payload ?? {}) as { problems?: readonly { code?: string }[] };
    return problems.some(({ code }) => code === CODE);
  });
}
