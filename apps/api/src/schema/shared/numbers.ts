import { InvalidInput, problem } from '@samplewise/domain';

/** A whole number from an argument. @throws InvalidInput naming the argument, beyond its ends */
export function wholeNumber(value: number, place: string, from: number, to: number): number {
  if (value >= from && value <= to) return value;
  throw new InvalidInput(
    problem('INVALID_VALUE', `It is ${value}.`, { place, value, mend: `It must be from ${from} to ${to}.` }),
  );
}

/** Of a list whose cursors are numbers. @throws InvalidInput naming the argument */
export function cursorNumber(cursor: string | undefined, place: string): bigint | undefined {
  if (cursor === undefined) return undefined;
  if (/^\d{1,18}$/.test(cursor)) return BigInt(cursor);
  throw new InvalidInput(problem('INVALID_VALUE', 'This is not a cursor of this list.', { place, value: cursor }));
}
