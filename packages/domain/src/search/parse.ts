import { InvalidInput, problem } from '../problems.ts';
import { parseInput } from '../validation.ts';
import { both, canonical, either, negation } from './canonical.ts';
import { conditionOf } from './conditions.ts';
import { subjectAt, type Subject } from './field-path.ts';
import { FLAGS } from './fields.ts';
import {
  CONDITION_LIMIT,
  FILTER_DEPTH_LIMIT,
  RUN_SOURCES,
  RUN_STATUSES,
  runFilter,
  type RunFilter,
} from './run-filter.ts';
import { SearchError, tokensOf, type Token } from './tokens.ts';

/** Characters of a search. */
export const SEARCH_LIMIT = 4000;

/**
 * Reads a search such as `accuracy > 0.8 and model:"resnet*" and tag.stage = final`.
 * @param place of the text in what somebody gave us
 * @throws InvalidInput naming the character and the mend
 */
export function parseSearch(search: string, place = 'search'): RunFilter {
  const result = readSearch(search);
  if ('filter' in result) return parseInput(runFilter, result.filter, place);
  const { message, from, to, mend } = result.error;
  throw new InvalidInput(
    problem('INVALID_VALUE', message, {
      place: `${place}, character ${from + 1}`,
      value: search.slice(from, to) || 'the end',
      mend,
    }),
  );
}

/** The same without throwing, for a page that marks the place. */
export function readSearch(search: string): { filter: RunFilter } | { error: SearchError } {
  try {
    return { filter: new Parser(search).filter() };
  } catch (error) {
    if (error instanceof SearchError) return { error };
    throw error;
  }
}

/**
 * search = and { "or" and }
 * and = unary { [ "and" ] unary }
 * unary = "not" unary | "(" search ")" | "has" field | "is" flag | condition | word | string
 */
class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #conditions = 0;

  constructor(search: string) {
    if (search.length > SEARCH_LIMIT) {
      const mend = `It may have at most ${SEARCH_LIMIT}.`;
      throw new SearchError(
        `The search has ${search.length} characters.`,
        { from: SEARCH_LIMIT, to: SEARCH_LIMIT },
        mend,
      );
    }
    this.#tokens = tokensOf(search);
  }

  filter(): RunFilter {
    if (this.#peek().kind === 'end') return {};
    const filter = this.#or(0);
    if (this.#peek().kind !== 'end') throw this.#unexpected(this.#peek());
    return canonical(filter);
  }

  #peek(): Token {
    return this.#tokens[this.#at]!;
  }

  #or(depth: number): RunFilter {
    const parts = [this.#and(depth)];
    while (this.#keyword('or')) parts.push(this.#and(depth));
    return either(parts);
  }

  #and(depth: number): RunFilter {
    const parts = [this.#unary(depth)];
    for (;;) {
      const joined = this.#keyword('and');
      if (!joined && (this.#is('or') || !['word', 'string', '('].includes(this.#peek().kind))) return both(parts);
      parts.push(this.#unary(depth));
    }
  }

  #unary(depth: number): RunFilter {
    const token = this.#peek();
    if (depth > FILTER_DEPTH_LIMIT) {
      throw new SearchError('Too much is nested.', token, `At most ${FILTER_DEPTH_LIMIT} levels.`);
    }
    if (this.#keyword('not')) return negation(this.#unary(depth + 1));
    if (token.kind === '(') {
      this.#at++;
      const inner = this.#or(depth + 1);
      if (this.#peek().kind !== ')') throw new SearchError('A ) is missing.', this.#peek(), 'Close what ( has opened.');
      this.#at++;
      return inner;
    }
    if (++this.#conditions > CONDITION_LIMIT) {
      throw new SearchError('There are too many conditions.', token, `At most ${CONDITION_LIMIT}.`);
    }
    if (token.kind === 'string') {
      this.#at++;
      return this.#text(token);
    }
    if (token.kind !== 'word') throw this.#unexpected(token);
    return this.#word(token);
  }

  #word(token: Token): RunFilter {
    const after = this.#tokens[this.#at + 1]!;
    if (token.text.toLowerCase() === 'has' && after.kind === 'word') return this.#has();
    if (token.text.toLowerCase() === 'is' && after.kind === 'word') return this.#flag(after);
    if (this.#startsCondition(after)) return this.#condition();
    if (/^(param|metric|tag)\./i.test(token.text)) {
      const { taken } = subjectAt(this.#tokens.slice(this.#at));
      const end = this.#tokens[this.#at + taken]!;
      if (end.kind === 'operator' || this.#isAt(this.#at + taken, 'in', 'between', 'not')) return this.#condition();
      throw new SearchError('It needs a comparison.', token, `Such as ${token.text} = 1, or has ${token.text}.`);
    }
    this.#at++;
    const word = token.text.toUpperCase();
    const status = RUN_STATUSES.find((name) => name === word);
    if (status) return { status: [status] };
    const source = RUN_SOURCES.find((name) => name === word);
    if (source) return { source: [source] };
    const flag = FLAGS.find((name) => name === token.text.toLowerCase());
    return flag ? { [flag]: true } : this.#text(token);
  }

  /** `in` and `between` are words too: in `lost in translation` nothing is compared. */
  #startsCondition(after: Token): boolean {
    if (after.kind === 'operator') return true;
    const at = this.#at + (this.#isAt(this.#at + 1, 'not') ? 2 : 1);
    return (
      (this.#isAt(at, 'in') && this.#tokens[at + 1]!.kind === '(') ||
      (this.#isAt(at, 'between') && this.#isAt(at + 2, 'and'))
    );
  }

  #text({ text, from, to }: Token): RunFilter {
    if (text.trim() !== '') return { text };
    throw new SearchError('There is nothing to look for.', { from, to }, 'Write a word between the quotes.');
  }

  #has(): RunFilter {
    this.#at++;
    const subject = this.#subject();
    if ('keyed' in subject) return { [subject.keyed]: { key: subject.key, exists: true } };
    if (subject.kind === 'text' || subject.kind === 'time' || subject.kind === 'id') {
      return { [subject.key]: { exists: true } };
    }
    throw new SearchError(`Every run has ${subject.name}.`, this.#tokens[this.#at - 1]!, `Leave it out.`);
  }

  #flag(token: Token): RunFilter {
    const name = token.text.toLowerCase();
    const [status, source] = [name.toUpperCase(), name.toUpperCase()];
    this.#at += 2;
    if (FLAGS.some((flag) => flag === name)) return { [name]: true };
    if (RUN_STATUSES.some((s) => s === status)) return { status: [status] } as RunFilter;
    if (RUN_SOURCES.some((s) => s === source)) return { source: [source] } as RunFilter;
    throw new SearchError(
      `Nothing is '${token.text.slice(0, 60)}'.`,
      token,
      'Such as is archived, is silent, is running.',
    );
  }

  #subject(): Subject {
    const { subject, taken } = subjectAt(this.#tokens.slice(this.#at, this.#at + 3));
    this.#at += taken;
    return subject;
  }

  #condition(): RunFilter {
    const subject = this.#subject();
    const operator = this.#peek();
    this.#at++;
    if (operator.kind === 'operator') return conditionOf(subject, operator, [this.#value()]);
    const negated = /^not$/i.test(operator.text);
    if (negated) this.#at++;
    const word = negated ? this.#tokens[this.#at - 1]! : operator;
    const of = (kind: string, values: Token[]): RunFilter => {
      const condition = conditionOf(subject, { ...word, text: kind }, values);
      return negated ? negation(condition) : condition;
    };
    if (/^between$/i.test(word.text)) {
      const low = this.#value();
      if (!this.#keyword('and')) throw new SearchError('An and is missing.', this.#peek(), 'Write: between 1 and 2.');
      return both([of('>=', [low]), of('<=', [this.#value()])]);
    }
    if (!/^in$/i.test(word.text)) throw this.#unexpected(word);
    return of('in', this.#list());
  }

  #list(): Token[] {
    if (this.#peek().kind !== '(') throw new SearchError('A ( is missing.', this.#peek(), 'Write: in (a, b).');
    const values: Token[] = [];
    do {
      this.#at++;
      values.push(this.#value());
    } while (this.#peek().kind === ',');
    if (this.#peek().kind !== ')') throw new SearchError('A ) is missing.', this.#peek(), 'Write: in (a, b).');
    this.#at++;
    return values;
  }

  #value(): Token {
    const token = this.#peek();
    if (token.kind !== 'word' && token.kind !== 'string') {
      throw new SearchError('A value is missing.', token, 'Write a number, a word, or a text in quotes.');
    }
    this.#at++;
    return token;
  }

  #is(word: string): boolean {
    return this.#isAt(this.#at, word);
  }

  #isAt(at: number, ...words: string[]): boolean {
    const token = this.#tokens[at];
    return token?.kind === 'word' && words.includes(token.text.toLowerCase());
  }

  #keyword(word: string): boolean {
    if (!this.#is(word)) return false;
    this.#at++;
    return true;
  }

  #unexpected(token: Token): SearchError {
    if (token.kind === 'end') return new SearchError('The search ends too early.', token, 'Write a condition.');
    return new SearchError(
      `'${token.text.slice(0, 60)}' can't stand here.`,
      token,
      'Write a condition, such as a = 1.',
    );
  }
}
