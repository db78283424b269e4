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
export type Done<Data extends { result: object }> = Exclude<Data['result'], { __typename: 'InvalidInputError' }>;

/** Does what a mutation says, whose field is called `result`. @returns what came of it, or all that is wrong */
export async function attempt<Data extends { result: { __typename: string } }, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<{ done: Done<Data> } | { problems: ProblemFragment[] }> {
  const { data, error } = await browserClient().mutation(document, variables).toPromise();
  if (data && data.result.__typename !== 'InvalidInputError') return { done: data.result as Done<Data> };
  const refusal = data?.result as Refusal | undefined;
  return { problems: refusal?.problems ?? [unanswered(error?.message)] };
}

const unanswered = (message = 'No answer came.'): ProblemFragment => ({
  code: 'UNKNOWN',
  message,
  mend: 'Try again.',
  place: null,
  value: null,
});

/** What is wrong, and what to do, as a sentence or two. */
export const wordsOf = ({ message, mend }: Pick<ProblemFragment, 'message' | 'mend'>): string =>
  [message, mend].filter(Boolean).join(' ');

/**
 * Does what a mutation says. What goes wrong is told in a notice.
 * @param refused what did not happen, such as 'The run was not renamed'
 * @returns undefined where it was refused
 */
export async function perform<Data extends { result: { __typename: string } }, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  refused: string,
): Promise<Done<Data> | undefined> {
  const answer = await attempt(document, variables);
  if ('done' in answer) return answer.done;
  const [problem] = answer.problems;
  tellProblem(refused, problem ? wordsOf(problem) : undefined);
  return undefined;
}
