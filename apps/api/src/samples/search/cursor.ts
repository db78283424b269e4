import { InvalidInput, problem } from '@samplewise/domain';
import type { Found } from './find-samples.ts';
import { placeIn } from './order.ts';

/** Such as `417`, or `0.25 417` where samples are ordered by a value: keeps its place whatever is found meanwhile. */
export function cursorAt({ indices, values }: Found, place: number): string {
  const index = indices[place]!;
  return values ? `${values[place]!} ${index}` : String(index);
}

/** Where a cursor's sample stands, or would stand. @throws InvalidInput */
export function placeOfCursor(found: Found, cursor: string, argument: string): number {
  const [, value, index] = /^(?:(\S+) )?(\d{1,10})$/.exec(cursor) ?? [];
  const number = value === undefined ? undefined : value === 'NaN' ? NaN : Number(value);
  const readable = index !== undefined && (value === undefined) === (found.values === undefined);
  if (!readable || (value !== 'NaN' && Number.isNaN(number))) throw noCursor(cursor, argument);
  return placeIn(found, number ?? 0, Number(index));
}

const noCursor = (value: string, place: string): InvalidInput =>
  new InvalidInput(
    problem('INVALID_VALUE', 'This is not a cursor of this list.', {
      place,
      value,
      mend: 'Give one that came with the same order.',
    }),
  );
