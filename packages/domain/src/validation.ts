import type { z } from 'zod';
import { InvalidInput, problem, type Problem } from './problems.ts';

/**
 * Parses a value with a zod schema.
 * @throws InvalidInput naming every field that is wrong, its value and what it must be.
 */
export function parseInput<T>(schema: z.ZodType<T>, value: unknown, root = ''): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [first, ...more] = result.error.issues.map((issue): Problem => {
    const place = [...(root === '' ? [] : [root]), ...issue.path.map(String)].join('.');
    const offending = valueAt(value, issue.path);
    const detail = offending === undefined ? {} : { value: offending };
    return problem('INVALID_VALUE', issue.message, { place, ...detail });
  });
  throw new InvalidInput(first!, ...more);
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined),
    value,
  );
}
