import type { ProblemFragment } from '@/generated/graphql';

/** For a request to which no answer came. */
export const unanswered = (message = 'No answer came.'): ProblemFragment => ({
  code: 'INTERNAL',
  message,
  place: null,
  value: null,
  mend: 'Try again.',
});
