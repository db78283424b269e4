import {
  canonical,
  EVALUATION_METRICS,
  printSearch,
  readSearch,
  RUN_SOURCES,
  RUN_STATUSES,
  SEARCH_FIELDS,
  type MetricAggregate,
  type RunFilter,
} from '@samplewise/domain/search';

/** What a condition is about: a field by its name in the search language, something with a key, or a flag. */
export type About =
  | { field: string }
  | { keyed: 'param' | 'tag' | 'metric'; key: string; aggregate?: MetricAggregate }
  | { flag: 'archived' | 'silent' }
  | { words: true };

export const OPERATORS = {
  eq: 'is',
  'not eq': 'is not',
  in: 'is one of',
  'not in': 'is none of',
  lt: '<',
  lte: '≤',
  gt: '>',
  gte: '≥',
  contains: 'contains',
  'not contains': 'does not contain',
  matches: 'is like',
  'not matches': 'is not like',
  startsWith: 'begins with',
  exists: 'is there',
  'not exists': 'is missing',
} as const;
export type Operator = keyof typeof OPERATORS;

/** One line of the filter builder. */
export interface Condition {
  about: About;
  operator: Operator;
  /** As texts; none for `exists`. */
  values: readonly string[];
}

/** What the builder can not take apart: conditions within others. */
export interface Text {
  text: string;
}
export type Line = Condition | Text;

/** Lines that must all hold, or of which one must. */
export interface Lines {
  joined: 'and' | 'or';
  lines: readonly Line[];
}

/** A search as lines; undefined where it can't be read. */
export function linesOf(search: string): Lines | undefined {
  const read = readSearch(search);
  if ('error' in read) return undefined;
  const { filter } = read;
  const parts = filter.and ?? filter.or ?? (Object.keys(filter).length === 0 ? [] : [filter]);
  const joined = filter.or ? 'or' : 'and';
  return { joined, lines: parts.map((part) => conditionOf(part) ?? { text: printSearch(part) }) };
}

/** The search that says the same; lines that are not whole yet are left out. */
export function searchOf({ joined, lines }: Lines): string {
  const parts = lines.flatMap((line) => filterOf(line) ?? []);
  return parts.length === 0 ? '' : printSearch(canonical({ [joined]: parts }));
}

/** @returns undefined while it is not whole, or not right */
export function filterOf(line: Line): RunFilter | undefined {
  if ('text' in line) {
    const read = readSearch(line.text);
    return 'filter' in read && Object.keys(read.filter).length > 0 ? read.filter : undefined;
  }
  const { about, operator, values } = line;
  const isNegated = operator.startsWith('not ');
  const name = operator.replace('not ', '');
  const positive = positiveOf(about, name, values);
  // Whether a time or an id is one, the search language knows.
  if (!positive || 'error' in readSearch(printSearch(positive))) return undefined;
  return isNegated ? { not: positive } : positive;
}

function positiveOf(about: About, name: string, values: readonly string[]): RunFilter | undefined {
  if ('flag' in about) return { [about.flag]: true };
  const given = values.filter((value) => value !== '');
  if (name !== 'exists' && given.length === 0) return undefined;
  if ('words' in about) return { text: given[0]! };
  const kind = kindOf(about);
  if (kind === 'choice') return { [keyOf(about)]: given };
  const isNumber =
    kind === 'number' || (kind === 'either' && isNumeric(given) && name !== 'matches' && name !== 'contains');
  const part = name === 'exists' ? { exists: true } : partOf(name, given, isNumber ? numberOf : String);
  if (!part) return undefined;
  if (!('keyed' in about)) return { [keyOf(about)]: part };
  const { keyed, key, aggregate } = about;
  if (key === '') return undefined;
  const inner = 'exists' in part ? part : { [isNumber ? 'number' : 'string']: part };
  return { [keyed]: { key, ...(aggregate && { aggregate }), ...inner } };
}

function partOf(name: string, values: readonly string[], read: (text: string) => string | number | undefined) {
  const parsed = values.map(read);
  if (parsed.some((value) => value === undefined)) return undefined;
  return name === 'in' ? { in: parsed } : { [name]: parsed[0] };
}

type Kind = 'text' | 'number' | 'time' | 'id' | 'choice' | 'either';

/** What the values are. Of a param they may be either. */
export function kindOf(about: About): Kind | 'none' {
  if ('flag' in about) return 'none';
  if ('words' in about) return 'text';
  if ('keyed' in about) return ({ param: 'either', tag: 'text', metric: 'number' } as const)[about.keyed];
  const kind = fieldOf(about.field)?.kind ?? 'text';
  return kind === 'status' || kind === 'source' ? 'choice' : kind;
}

const fieldOf = (name: string) => SEARCH_FIELDS.find((field) => field.name === name);
const keyOf = (about: About): string => ('field' in about ? fieldOf(about.field)!.key : '');

const SPECIAL: Readonly<Record<string, string>> = { nan: 'NaN', inf: 'Infinity', '-inf': '-Infinity' };

function numberOf(text: string): number | string | undefined {
  const special = SPECIAL[text.trim().toLowerCase()];
  if (special) return special;
  const number = Number(text);
  return text.trim() !== '' && Number.isFinite(number) ? number : undefined;
}
const isNumeric = (values: readonly string[]): boolean => values.every((value) => typeof numberOf(value) === 'number');

/** The operators of what a condition is about. */
export function operatorsOf(about: About): Operator[] {
  const equal: Operator[] = ['eq', 'not eq', 'in', 'not in'];
  const compared: Operator[] = ['lt', 'lte', 'gt', 'gte'];
  const texts: Operator[] = ['contains', 'not contains', 'matches', 'not matches', 'startsWith'];
  const there: Operator[] = ['exists', 'not exists'];
  switch (kindOf(about)) {
    case 'none':
      return ['eq', 'not eq'];
    case 'choice':
      return ['in', 'not in'];
    case 'time':
      return [...compared, ...there];
    case 'id':
      return [...equal, ...there];
    case 'number':
      return [...compared, ...equal, ...('keyed' in about ? there : [])];
    case 'either':
      return [...equal, ...compared, ...texts, ...there];
    case 'text':
      return 'words' in about ? ['contains'] : [...equal, ...texts, ...there];
  }
}

function conditionOf(part: RunFilter): Condition | undefined {
  const { not, ...rest } = part;
  const leaf: RunFilter = not ?? rest;
  if (leaf.and || leaf.or || leaf.not) return undefined;
  const [entry] = Object.entries(leaf) as [string, unknown][];
  if (!entry) return undefined;
  const [key, value] = entry;
  const negated = (name: string): Operator => (not ? (`not ${name}` as Operator) : (name as Operator));
  if (key === 'archived' || key === 'silent') return { about: { flag: key }, operator: negated('eq'), values: [] };
  if (key === 'text')
    return not ? undefined : { about: { words: true }, operator: 'contains', values: [String(value)] };
  const field = SEARCH_FIELDS.find((known) => known.key === key);
  if (field && Array.isArray(value)) {
    return { about: { field: field.name }, operator: negated('in'), values: value.map(String) };
  }
  const about: About | undefined = field
    ? { field: field.name }
    : key === 'param' || key === 'tag' || key === 'metric'
      ? keyedAbout(key, value as Keyed)
      : undefined;
  if (!about) return undefined;
  const inner = field ? (value as object) : ((value as Keyed).string ?? (value as Keyed).number ?? { exists: true });
  const [[name, of]] = Object.entries(inner) as [[string, unknown]];
  const condition: Condition = {
    about,
    operator: negated(name),
    values: name === 'exists' ? [] : (Array.isArray(of) ? (of as unknown[]) : [of]).map(String),
  };
  // Such as a param that is a quoted number: here it would become another condition.
  return condition.operator in OPERATORS && isSame(filterOf(condition), part) ? condition : undefined;
}

interface Keyed {
  key: string;
  aggregate?: MetricAggregate;
  string?: object;
  number?: object;
}
const keyedAbout = (keyed: 'param' | 'tag' | 'metric', { key, aggregate }: Keyed): About => ({
  keyed,
  key,
  ...(aggregate && { aggregate }),
});

const isSame = (a: RunFilter | undefined, b: RunFilter): boolean =>
  a !== undefined && printSearch(a) === printSearch(b);

/** What can be chosen of a status or a source. */
export const choicesOf = (about: About): readonly string[] =>
  'field' in about && about.field === 'status' ? RUN_STATUSES : RUN_SOURCES;

/** What a condition is about, as the search language writes it; for suggestions of its values. */
export function writtenOf(about: About): string {
  if ('field' in about) return about.field;
  if (!('keyed' in about)) return '';
  const exists: RunFilter = { [about.keyed]: { key: about.key, exists: true } };
  return printSearch(exists).replace(/^has /, '');
}

/** Metrics that every evaluated run has. */
export const USUAL_METRICS: readonly string[] = EVALUATION_METRICS;
