import { subjectAt, type Subject } from './field-path.ts';
import { EVALUATION_METRICS, FLAGS, KEYED, SEARCH_FIELDS, type Keyed } from './fields.ts';
import { RUN_SOURCES, RUN_STATUSES } from './run-filter.ts';
import { SearchError, tokensOf, type Token } from './tokens.ts';

/** What is being typed at a place of a search. */
export interface Completion {
  /** What it replaces, in characters of the search. */
  from: number;
  to: number;
  /** Begun already, without quotes. */
  typed: string;
  /** A word of the language, a key of a kind, or a value of a subject. */
  expects:
    { kind: 'word' } | { kind: 'key'; of: Keyed } | { kind: 'value'; of: Subject } | { kind: 'operator'; of: Subject };
}

export interface Suggestion {
  text: string;
  detail: string;
}

/** @param position in characters, from 0 */
export function completionAt(search: string, position: number): Completion {
  const before = search.slice(0, position);
  const { tokens, open } = tolerantTokens(before);
  const last = tokens.at(-1);
  const typing = open ?? (last?.kind === 'word' && last.to === before.length ? last : undefined);
  const done = typing === last ? tokens.slice(0, -1) : tokens;
  const at = { from: typing?.from ?? before.length, to: before.length, typed: typing?.text ?? '' };
  const of = subjectBefore(done);
  if (of) return { ...at, expects: { kind: 'value', of } };
  const [, keyed, key] = /^(param|metric|tag)\.(.*)$/is.exec(at.typed) ?? [];
  if (keyed !== undefined) return { ...at, typed: key!, expects: { kind: 'key', of: keyed.toLowerCase() as Keyed } };
  const named = typing ? undefined : subjectAtEnd(done);
  return { ...at, expects: named ? { kind: 'operator', of: named } : { kind: 'word' } };
}

/** Whatever can be read, and a string that is not closed yet. */
function tolerantTokens(before: string): { tokens: Token[]; open?: Token } {
  try {
    return { tokens: tokensOf(before).slice(0, -1) };
  } catch (error) {
    if (!(error instanceof SearchError)) throw error;
    const tokens = error.from === 0 ? [] : tokensOf(before.slice(0, error.from)).slice(0, -1);
    return {
      tokens,
      open: { kind: 'string', text: before.slice(error.from + 1), from: error.from, to: before.length },
    };
  }
}

/** Of `param.lr =` and `model in (a,`: what a value is wanted of. */
function subjectBefore(tokens: readonly Token[]): Subject | undefined {
  const last = tokens.at(-1);
  if (last?.kind === 'operator') return subjectAtEnd(tokens.slice(0, -1));
  if (last?.kind !== '(' && last?.kind !== ',') return undefined;
  const open = tokens.findLastIndex(({ kind }) => kind === '(');
  const word = tokens[open - 1];
  if (word?.kind !== 'word' || word.text.toLowerCase() !== 'in') return undefined;
  const negated = tokens[open - 2]?.text.toLowerCase() === 'not';
  return subjectAtEnd(tokens.slice(0, open - (negated ? 2 : 1)));
}

function subjectAtEnd(tokens: readonly Token[]): Subject | undefined {
  for (const length of [1, 2, 3]) {
    const end = tokens.slice(-length);
    if (end.length < length || end[0]!.kind !== 'word') continue;
    try {
      const { subject, taken } = subjectAt(end);
      if (taken === length) return subject;
    } catch (error) {
      if (!(error instanceof SearchError)) throw error;
    }
  }
  return undefined;
}

/** Words of the language that begin like what is typed. */
export function suggestWords(typed: string): Suggestion[] {
  const words: Suggestion[] = [
    ...SEARCH_FIELDS.map(({ name, description }) => ({ text: name, detail: description })),
    ...EVALUATION_METRICS.map((name) => ({ text: name, detail: 'metric' })),
    ...KEYED.map((name) => ({ text: `${name}.`, detail: `a ${name} by its key` })),
    ...[...RUN_STATUSES, ...RUN_SOURCES].map((name) => ({ text: name.toLowerCase(), detail: 'runs that are so' })),
    ...FLAGS.map((name) => ({ text: name, detail: 'runs that are so' })),
    ...['and', 'or', 'not', 'has'].map((name) => ({ text: name, detail: 'joins conditions' })),
  ];
  return startingLike(words, typed);
}

export function suggestOperators(of: Subject): Suggestion[] {
  const kind = 'keyed' in of ? of.keyed : of.kind;
  const texts = ['=', '!=', ':', '~', 'in'];
  const numbers = ['=', '!=', '<', '<=', '>', '>=', 'in', 'between'];
  const signs: Readonly<Record<string, readonly string[]>> = {
    text: texts,
    tag: texts,
    param: [...numbers, ':', '~'],
    number: numbers,
    metric: numbers,
    time: ['<', '<=', '>', '>='],
  };
  const details: Readonly<Record<string, string>> = { ':': 'like, with * and ?', '~': 'contains', in: 'one of (…)' };
  return (signs[kind] ?? ['=', '!=', 'in']).map((text) => ({ text, detail: details[text] ?? 'compares' }));
}

/** Values that are known without looking at any run. */
export function suggestFixedValues(of: Subject, typed: string): Suggestion[] {
  if ('keyed' in of) return [];
  if (of.kind === 'status' || of.kind === 'source') {
    const names: readonly string[] = of.kind === 'status' ? RUN_STATUSES : RUN_SOURCES;
    return startingLike(
      names.map((name) => ({ text: name.toLowerCase(), detail: of.name })),
      typed,
    );
  }
  if (of.kind !== 'time') return [];
  const spans = { '-1h': 'an hour ago', '-1d': 'a day ago', '-7d': 'a week ago', '-30d': '30 days ago' };
  return startingLike(
    Object.entries(spans).map(([text, detail]) => ({ text, detail })),
    typed,
  );
}

const startingLike = (suggestions: Suggestion[], typed: string): Suggestion[] =>
  suggestions.filter(({ text }) => text.startsWith(typed.toLowerCase()));
