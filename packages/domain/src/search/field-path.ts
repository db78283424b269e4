import { EVALUATION_METRICS, FLAGS, KEYED, SEARCH_FIELDS, type Keyed, type SearchField } from './fields.ts';
import { nearest } from './nearest.ts';
import type { MetricAggregate } from './run-filter.ts';
import { SearchError, type Token } from './tokens.ts';

/** What a condition is about. */
export type Subject = SearchField | { keyed: Keyed; key: string; aggregate?: MetricAggregate };

const SUFFIX = /^(.+)\.(last|min|max|step)$/i;

/**
 * Reads a field, or a key such as `param.lr`, `metric.loss.min` and `param."my key"`.
 * @param tokens from its first word on; a quoted key is a token of its own, without blanks around it
 * @returns how many tokens it takes
 * @throws SearchError with what is nearest
 */
export function subjectAt(tokens: readonly Token[]): { subject: Subject; taken: number } {
  const [word, key, suffix] = tokens as [Token, Token?, Token?];
  const field = SEARCH_FIELDS.find(({ name }) => name === word.text.toLowerCase());
  if (field) return { subject: field, taken: 1 };
  if (isMetric(word.text.split('.')[0]!)) return { subject: keyedBy('metric', word.text), taken: 1 };
  const [, prefix, rest] = /^([a-z]+)\.(.*)$/is.exec(word.text) ?? [];
  const keyed = KEYED.find((name) => name === prefix?.toLowerCase());
  if (keyed === undefined) throw unknown(word);
  if (rest !== '') return { subject: keyedBy(keyed, rest!), taken: 1 };
  if (key?.kind !== 'string' || key.from !== word.to || key.text === '') {
    throw new SearchError(`${word.text} needs a key.`, word, `Such as ${keyed}.name, or ${keyed}."my name".`);
  }
  const [, aggregate] = /^\.(last|min|max|step)$/i.exec(suffix?.from === key.to ? suffix.text : '') ?? [];
  if (aggregate === undefined || keyed !== 'metric') return { subject: { keyed, key: key.text }, taken: 2 };
  return { subject: metricOf(key.text, aggregate), taken: 3 };
}

const isMetric = (name: string): boolean => (EVALUATION_METRICS as readonly string[]).includes(name);

function keyedBy(keyed: Keyed, key: string): Subject {
  const [, name, aggregate] = (keyed === 'metric' ? SUFFIX.exec(key) : null) ?? [];
  return name === undefined ? { keyed, key } : metricOf(name, aggregate!);
}

function metricOf(key: string, suffix: string): Subject {
  const aggregate = suffix.toUpperCase() as MetricAggregate;
  return aggregate === 'LAST' ? { keyed: 'metric', key } : { keyed: 'metric', key, aggregate };
}

function unknown(word: Token): SearchError {
  const names = [
    ...SEARCH_FIELDS.map(({ name }) => name),
    ...EVALUATION_METRICS,
    ...FLAGS,
    ...KEYED.map((k) => `${k}.`),
  ];
  const near = nearest(word.text.toLowerCase(), names);
  const hint = near === undefined ? '' : `Did you mean ${near}? `;
  const name = word.text.slice(0, 60);
  return new SearchError(
    `There is no field '${name}'.`,
    word,
    `${hint}Params, metrics and tags are param.${name}, metric.${name}, tag.${name}.`,
  );
}
