import { InvalidInput, problem } from '@samplewise/domain';

/**
 * The API's id of a row, from what people type: `12` or `Run_12`.
 * @throws InvalidInput
 */
export function globalId(type: string, text: string): string {
  const number = text.startsWith(`${type}_`) ? text.slice(type.length + 1) : text;
  if (/^[1-9][0-9]{0,18}$/.test(number)) return `${type}_${number}`;
  throw new InvalidInput(
    problem('INVALID_VALUE', `This is no id of a ${type}.`, {
      place: 'id',
      value: text,
      mend: `It is like ${type}_12, or 12.`,
    }),
  );
}

/** `Run_12` -> `12`, as addresses of the page have it. */
export const bareId = (id: string): string => id.slice(id.lastIndexOf('_') + 1);
