import { InvalidInput, problem } from '@samplewise/domain';

/** The number of a line of a log, from an argument. @throws InvalidInput naming the argument */
export function lineNumber(value: string | number | null | undefined, place: string): number | undefined {
  if (value == null) return undefined;
  if (/^\d{1,9}$/.test(String(value))) return Number(value);
  throw new InvalidInput(
    problem('INVALID_VALUE', 'This is not the number of a line.', { place, value, mend: 'It is a number from 0 on.' }),
  );
}
