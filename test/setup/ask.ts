import { expect } from 'vitest';
import type { Stack } from './stack.ts';

interface Problem {
  code: string;
  message: string;
  place: string | null;
  value: string | null;
  mend: string | null;
}

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** A GraphQL request as any client sends it; errors are part of the answer. */
export async function ask({ apiUrl }: Pick<Stack, 'apiUrl'>, query: string, variables: object = {}): Promise<Answer> {
  const response = await fetch(`${apiUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}

/**
 * Runs a mutation by its name, which its input type has too.
 * @param fields of its payload, as an inline fragment
 * @throws when the request itself is refused, or with the problems of the input
 */
export async function mutate(
  stack: Pick<Stack, 'apiUrl'>,
  name: string,
  input: object,
  fields: string,
): Promise<object> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await ask(
    stack,
    `mutation ($input: ${type}!) {
      result: ${name}(input: $input) { __typename ${fields} ... on InvalidInputError { problems { code message place value mend } } }
    }`,
    { input },
  );
  if (errors) throw new Error(errors.map((error) => error.message).join('\n'));
  const result = data!.result as { __typename: string; problems?: Problem[] };
  if (result.problems) throw new Refused(result.problems);
  return result;
}

class Refused extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(JSON.stringify(problems));
    this.problems = problems;
  }
}

/** Expects that a mutation is refused, its first problem being this. */
export async function expectProblem(work: Promise<object>, code: string, place: string): Promise<void> {
  const error = await work.then(
    (result) => new Error(`It was accepted: ${JSON.stringify(result)}`),
    (e: unknown) => e as Error,
  );
  if (!(error instanceof Refused)) throw error;
  expect(error.problems[0]).toMatchObject({ code, place });
}
