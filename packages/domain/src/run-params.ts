import { runKey } from './names.ts';
import { InvalidInput, problem, type Problem } from './problems.ts';

/** Most params of one run. */
export const PARAM_LIMIT = 1000;
const VALUE_LIMIT = 6000;
const DEPTH_LIMIT = 10;
/** A number as programs write it. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A param as it is stored: text, and the number that it stands for, if any. */
export interface RunParam {
  key: string;
  value: string;
  number: number | null;
}

/**
 * An object of params, its nested objects flattened: `{ optimizer: { lr: 0.1 } }` is `optimizer.lr = 0.1`. Lists are
 * kept as JSON. Texts that are numbers can be compared as such, since many programs log only texts.
 * @throws InvalidInput naming every param that is wrong
 */
export function flattenParams(params: unknown, place: string): RunParam[] {
  if (typeof params !== 'object' || params === null || Array.isArray(params)) {
    throw new InvalidInput(problem('INVALID_VALUE', 'Params must be an object.', { place, value: params }));
  }
  const flat: RunParam[] = [];
  const problems: Problem[] = [];
  const wrong = (key: string, message: string, value?: unknown): void => {
    problems.push(problem('INVALID_VALUE', message, { place: `${place}.${key}`, value }));
  };
  const walk = (object: object, prefix: string, depth: number): void => {
    for (const [name, value] of Object.entries(object) as [string, unknown][]) {
      const key = `${prefix}${name}`;
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
        if (depth === DEPTH_LIMIT) wrong(key, `is nested deeper than ${DEPTH_LIMIT} levels`);
        else walk(value, `${key}.`, depth + 1);
        continue;
      }
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      const checked = runKey.safeParse(key);
      if (!checked.success) wrong(key.slice(0, 300), checked.error.issues[0]!.message, key);
      else if (text.length > VALUE_LIMIT) wrong(key, `must have at most ${VALUE_LIMIT} characters`, text);
      else if (text.includes('\0')) wrong(key, 'must not contain a NUL character', text);
      else flat.push({ key, value: text, number: numberOf(text) });
    }
  };
  walk(params, '', 1);
  if (flat.length > PARAM_LIMIT) {
    problems.push(
      problem('TOO_LARGE', `There are ${flat.length} params.`, {
        place,
        value: flat.length,
        mend: `A run has at most ${PARAM_LIMIT}.`,
      }),
    );
  }
  const [first, ...more] = problems;
  if (first) throw new InvalidInput(first, ...more);
  return flat;
}

function numberOf(text: string): number | null {
  const number = NUMBER.test(text) ? Number(text) : NaN;
  return Number.isFinite(number) ? number : null;
}
