'use client';

import type { TypedDocumentNode } from '@urql/core';
import type { ProblemFragment } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { tellProblem } from './tell';

interface Refusal {
  __typename: 'InvalidInputError';
  problems: ProblemFragment[];
}

/** What a mutation answers that was not refused. */
type Done<Data extends { result: object }> = Exclude<Data['result'], { __typename: 'InvalidInputError' }>;

/**
 * Does what a mutation says, whose field is called `result`. What goes wrong is told in a notice.
 * @param refused what did not happen, such as 'The run was not renamed'
 * @returns undefined where it was refused
 */
export async function perform<Data extends { result: { __typename: string } }, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  refused: string,
): Promise<Done<Data> | undefined> {
  const { data, error } = await browserClient().mutation(document, variables).toPromise();
  if (data && data.result.__typename !== 'InvalidInputError') return data.result as Done<Data>;
  const [problem] = (data?.result as Refusal | undefined)?.problems ?? [];
  tellProblem(
    refused,
    problem
      ? [problem.message, problem.mend].filter(Boolean).join(' ')
      : `${error?.message ?? 'No answer came.'} Try again.`,
  );
  return undefined;
}
