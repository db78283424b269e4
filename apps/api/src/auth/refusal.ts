import { problem, type Problem } from '@samplewise/domain';
import type { Verdict } from './policy.ts';

/** DatasetVersion -> 'dataset version' */
const words = (typename: string): string => typename.replace(/(?<!^)([A-Z])/g, ' $1').toLowerCase();

/** What is told to whom it is refused. What is hidden is told like what is not there. */
export function refusalOf(
  verdict: Exclude<Verdict, 'allowed'>,
  detail: { typename: string; place?: string; value?: string },
): Problem {
  const { typename, ...where } = detail;
  if (verdict === 'hidden') return problem('NOT_FOUND', `There is no such ${words(typename)}.`, where);
  if (verdict === 'unauthenticated') {
    return problem('UNAUTHENTICATED', 'Who is asking is not known.', {
      ...where,
      mend: 'Sign in, or send a token: Authorization: Bearer <token>.',
    });
  }
  return problem('FORBIDDEN', verdict.forbidden, where);
}
