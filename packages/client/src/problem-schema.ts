import type { Problem, ProblemCode } from '@samplewise/domain';
import { z } from 'zod';

/** A problem as the API tells it. A newer API may know codes that this client does not. */
export const problemSchema: z.ZodType<Problem> = z.object({
  code: z.string().transform((code) => code as ProblemCode),
  message: z.string(),
  place: z.string().nullable(),
  value: z.string().nullable(),
  mend: z.string().nullable(),
});

export const PROBLEM_FIELDS = 'code message place value mend';
