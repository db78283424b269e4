import { canonical } from './canonical.ts';
import { EVALUATION_METRICS, printKey, quote, SEARCH_FIELDS } from './fields.ts';
import type { RunFilter } from './run-filter.ts';

type Value = string | number;
type Part = Record<string, Value | Value[] | boolean>;

const OPERATORS: Readonly<Record<string, string>> = {
  eq: '=',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
  matches: ':',
  contains: '~',
  startsWith: '^=',
};
const NUMBERS: Readonly<Record<string, string>> = { NaN: 'nan', Infinity: 'inf', '-Infinity': '-inf' };

/** A filter as a search string. Read again, it gives the same filter in its canonical form. */
export function printSearch(filter: RunFilter): string {
  return print(canonical(filter));
}

function print(filter: RunFilter): string {
  if (filter.and) return filter.and.map((part) => (part.or ? `(${print(part)})` : print(part))).join(' and ');
  if (filter.or) return filter.or.map(print).join(' or ');
  if (filter.not) return filter.not.and || filter.not.or ? `not (${print(filter.not)})` : `not ${print(filter.not)}`;
  const [entry] = Object.entries(filter) as [string, unknown][];
  if (!entry) return '';
  const [key, value] = entry;
  if (key === 'text') return quote(value as string);
  if (value === true) return `is ${key}`;
  if (key === 'status' || key === 'source')
    return list(
      key,
      (value as string[]).map((v) => v.toLowerCase()),
    );
  if (key === 'param' || key === 'tag' || key === 'metric') return keyed(key, value as Parameters<typeof keyed>[1]);
  const field = SEARCH_FIELDS.find((f) => f.key === key)!;
  return condition(field.name, value as Part, field.kind === 'text' ? (v) => quote(String(v)) : String);
}

const list = (name: string, values: readonly string[]): string =>
  values.length === 1 ? `${name} = ${values[0]!}` : `${name} in (${values.join(', ')})`;

function keyed(
  kind: string,
  { key, aggregate, string, number }: { key: string; aggregate?: string; string?: Part; number?: Part },
): string {
  const bare = kind === 'metric' && (EVALUATION_METRICS as readonly string[]).includes(key) && aggregate === undefined;
  const suffix = aggregate === undefined ? '' : `.${aggregate.toLowerCase()}`;
  const name = bare && number !== undefined ? key : `${kind}.${printKey(key)}${suffix}`;
  if (string) return condition(name, string, (value) => quote(String(value)));
  // Of a param only what is not quoted is a number.
  return number ? condition(name, number, (value) => NUMBERS[value] ?? String(value)) : `has ${name}`;
}

function condition(name: string, part: Part, print: (value: Value) => string): string {
  const [[operator, value]] = Object.entries(part) as [[string, Part[string]]];
  if (operator === 'exists') return `has ${name}`;
  if (Array.isArray(value)) return `${name} in (${value.map(print).join(', ')})`;
  return `${name} ${OPERATORS[operator]!} ${print(value as Value)}`;
}
