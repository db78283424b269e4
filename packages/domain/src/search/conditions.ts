import { negation } from './canonical.ts';
import type { Subject } from './field-path.ts';
import type { SearchField } from './fields.ts';
import { isMoment } from './moment.ts';
import { RUN_SOURCES, RUN_STATUSES, type RunFilter } from './run-filter.ts';
import { SearchError, type Token } from './tokens.ts';
import { nearest } from './nearest.ts';

const NAMES: Readonly<Record<string, string>> = {
  '=': 'eq',
  '==': 'eq',
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
  ':': 'matches',
  '~': 'contains',
  '^=': 'startsWith',
  in: 'in',
};
const TEXT = ['eq', 'in', 'matches', 'contains', 'startsWith'];
const NUMBER = ['eq', 'in', 'lt', 'lte', 'gt', 'gte'];
const TIME = ['lt', 'lte', 'gt', 'gte'];
const CHOICE = ['eq', 'in'];

const NUMERAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const SPECIAL: Readonly<Record<string, string>> = {
  nan: 'NaN',
  inf: 'Infinity',
  infinity: 'Infinity',
  '-inf': '-Infinity',
  '-infinity': '-Infinity',
};

/** @throws SearchError when the subject can't be compared so, or not with these values */
export function conditionOf(subject: Subject, operator: Token, values: readonly Token[]): RunFilter {
  if (operator.text === '!=') return negation(conditionOf(subject, { ...operator, text: '=' }, values));
  if (operator.text === '!:') return negation(conditionOf(subject, { ...operator, text: ':' }, values));
  const name = NAMES[operator.text]!;
  const allow = (allowed: readonly string[], what: string): void => {
    if (allowed.includes(name)) return;
    const signs = Object.keys(NAMES).filter((sign) => allowed.includes(NAMES[sign]!) && sign !== '==');
    throw new SearchError(`${what} can't be compared by ${operator.text}.`, operator, `Use ${signs.join(' ')}.`);
  };
  const part = (read: (value: Token) => unknown): object =>
    name === 'in' ? { in: values.map(read) } : { [name]: read(values[0]!) };
  if ('keyed' in subject) {
    const { keyed, key } = subject;
    if (keyed === 'tag') {
      allow(TEXT, 'A tag');
      return { tag: { key, string: part(({ text }) => text) } };
    }
    if (keyed === 'metric') {
      allow(NUMBER, 'A metric');
      const { aggregate } = subject;
      return { metric: { key, ...(aggregate ? { aggregate } : {}), number: part(metricValue) } };
    }
    const numeric = values.every(isNumeral) && NUMBER.includes(name);
    if (TIME.includes(name) || numeric) return { param: { key, number: part(number) } };
    return { param: { key, string: part(({ text }) => text) } };
  }
  switch (subject.kind) {
    case 'text':
      allow(TEXT, subject.name);
      return { [subject.key]: part(({ text }) => text) };
    case 'number':
      allow(NUMBER, subject.name);
      return { [subject.key]: part(number) };
    case 'time':
      allow(TIME, 'A time');
      return { [subject.key]: part(moment) };
    case 'id':
      allow(CHOICE, 'An id');
      return { [subject.key]: part((value) => id(subject, value)) };
    case 'status':
    case 'source': {
      allow(CHOICE, subject.name);
      const names: readonly string[] = subject.kind === 'status' ? RUN_STATUSES : RUN_SOURCES;
      return { [subject.key]: values.map((value) => choice(names, value)) };
    }
  }
}

const isNumeral = ({ kind, text }: Token): boolean =>
  kind === 'word' && NUMERAL.test(text) && Number.isFinite(Number(text));

function number(value: Token): number {
  if (isNumeral(value)) return Number(value.text) || 0;
  throw new SearchError(`'${value.text.slice(0, 60)}' is not a number.`, value, 'Such as 0.5 or 1e-4, without quotes.');
}

function metricValue(value: Token): number | string {
  const special = value.kind === 'word' ? SPECIAL[value.text.toLowerCase()] : undefined;
  return special ?? number(value);
}

function moment(value: Token): string {
  if (isMoment(value.text)) return value.text;
  const mend = 'Such as 2026-01-31, 2026-01-31T12:00:00Z, -7d, -12h or -30m.';
  throw new SearchError(`'${value.text.slice(0, 60)}' is not a time.`, value, mend);
}

function id({ type }: SearchField, value: Token): string {
  const digits = value.text.startsWith(`${type!}_`) ? value.text.slice(type!.length + 1) : value.text;
  if (/^[1-9][0-9]{0,17}$/.test(digits)) return `${type!}_${digits}`;
  throw new SearchError(
    `'${value.text.slice(0, 60)}' is not an id of a ${type!}.`,
    value,
    `Such as 12, or ${type!}_12.`,
  );
}

function choice(names: readonly string[], value: Token): string {
  const found = names.find((name) => name === value.text.toUpperCase());
  if (found !== undefined) return found;
  const near = nearest(value.text.toUpperCase(), names);
  const hint = near === undefined ? '' : `Did you mean ${near.toLowerCase()}? `;
  throw new SearchError(
    `'${value.text.slice(0, 60)}' is none of them.`,
    value,
    `${hint}There are ${names.join(', ').toLowerCase()}.`,
  );
}
