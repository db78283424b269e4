import { parseInput } from '@samplewise/domain';
import { z } from 'zod';

/** Of the argument `contains` of lists of named things. */
export const CONTAINS = 'Only those in whose name this is, in upper or lower case.';

const part = z.string().max(120, 'must have at most 120 characters, as names have');

/** The condition for a list; none where nothing is asked for. @throws InvalidInput */
export function nameContains(contains: string | null | undefined) {
  if (contains == null) return {};
  const given = parseInput(part, contains, 'contains');
  // Prisma makes a pattern of it, in which these stand for any text.
  return { name: { contains: given.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' as const } };
}
