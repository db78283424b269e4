import { digestOfJson, InvalidInput, problem, type RunOrder } from '@samplewise/domain';
import { z } from 'zod';
import { IS_TEXT_OF, type Term } from './order-sql.ts';

/** The values of a run in its order, as texts, the last one its id; null: it has none. */
export type Position = readonly (string | null)[];

const stored = z.tuple([z.string(), z.array(z.string().nullable()).min(1).max(10)]);

/** Opaque to callers. It holds the place itself, so that it stays good when the run at it is deleted. */
export function cursorOf(position: Position, order: readonly RunOrder[]): string {
  return Buffer.from(JSON.stringify([mark(order), position])).toString('base64url');
}

/** @throws InvalidInput where it is no cursor of this order */
export function positionOf(
  cursor: string,
  order: readonly RunOrder[],
  terms: readonly Term[],
  place: string,
): Position {
  const parsed = stored.safeParse(json(Buffer.from(cursor, 'base64url').toString('utf8')));
  const refuse = (message: string, mend: string): InvalidInput =>
    new InvalidInput(problem('INVALID_VALUE', message, { place, value: cursor, mend }));
  if (!parsed.success) throw refuse('This is no cursor of a list of runs.', 'Take it from the list itself.');
  const [of, position] = parsed.data;
  if (of !== mark(order)) {
    throw refuse('This is a cursor of another order.', 'Begin at the first page, or ask for the order that it is of.');
  }
  const fits = terms.every(({ type, optional }, i) => {
    const value = position[i];
    return value === null ? optional : value !== undefined && IS_TEXT_OF[type](value);
  });
  if (!fits || position.length !== terms.length) {
    throw refuse('This is no cursor of a list of runs.', 'Take it from the list itself.');
  }
  return position;
}

const mark = (order: readonly RunOrder[]): string => digestOfJson(order).slice(0, 8);

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
