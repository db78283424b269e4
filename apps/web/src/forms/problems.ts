import type { ProblemFragment } from '@/generated/graphql';

/** The problems of one place, such as `input.spec.input.width`, and of what lies in it where no field shows that. */
export function problemAt(problems: readonly ProblemFragment[], place: string, within = false): string | undefined {
  const found = problems.filter(
    (problem) => problem.place === place || (within && problem.place?.startsWith(`${place}.`) === true),
  );
  if (found.length === 0) return undefined;
  return found.map(({ message, mend }) => [message, mend].filter(Boolean).join(' ')).join(' ');
}

/** Those that none of these places shows. */
export const problemsElsewhere = (problems: readonly ProblemFragment[], places: readonly string[]): ProblemFragment[] =>
  problems.filter(({ place }) => !places.some((shown) => place === shown || place?.startsWith(`${shown}.`)));

/** Where the API has not answered as it should. */
export const unanswered = (message = 'No answer came.'): ProblemFragment => ({
  code: 'INTERNAL',
  message,
  place: null,
  value: null,
  mend: 'Try again.',
});
