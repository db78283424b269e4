import { InvalidInput, problem } from '@samplewise/domain';

/** Type and row number, for samples version and index: `Run_42`, `Sample_2-417`. */
const GLOBAL_ID = /^([A-Z][A-Za-z]*)_([1-9][0-9]{0,17}(?:-[0-9]{1,9})?)$/;
/** Types whose things are numbered within another. */
const NUMBERED_WITHIN: readonly string[] = ['Sample'];

export interface GlobalId {
  typename: string;
  /** `42`, or `2-417` */
  id: string;
}

export const isGlobalId = (text: string): boolean => GLOBAL_ID.test(text);

/** @throws InvalidInput naming the place */
export function decodeGlobalId(globalId: string, place = 'id'): GlobalId {
  const [, typename = '', id = ''] = GLOBAL_ID.exec(globalId) ?? [];
  if (id !== '' && id.includes('-') === NUMBERED_WITHIN.includes(typename)) return { typename, id };
  throw new InvalidInput(
    problem('INVALID_VALUE', 'This is not an id.', { place, value: globalId, mend: 'It must look like Run_42.' }),
  );
}

/** The row number of a global id such as `Run_42`. @throws InvalidInput naming the place */
export function rowNumber(globalId: string, typename: string, place: string): bigint {
  const match = GLOBAL_ID.exec(globalId);
  if (match?.[1] === typename && /^\d+$/.test(match[2]!)) return BigInt(match[2]!);
  throw new InvalidInput(
    problem('INVALID_VALUE', `This is not the id of a ${typename}.`, {
      place,
      value: globalId,
      mend: `It must look like ${typename}_42.`,
    }),
  );
}
