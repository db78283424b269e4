import { WORD } from './fields.ts';

export interface Token {
  kind: 'word' | 'string' | 'operator' | '(' | ')' | ',' | 'end';
  /** Of a string: what is between the quotes. */
  text: string;
  /** Characters of the search, from 0; `to` is the one after it. */
  from: number;
  to: number;
}

/** Why a search can't be read, and where. */
export class SearchError extends Error {
  override readonly name = 'SearchError';
  readonly from: number;
  readonly to: number;
  readonly mend: string;

  constructor(message: string, { from, to }: { from: number; to: number }, mend: string) {
    super(message);
    this.from = from;
    this.to = to;
    this.mend = mend;
  }
}

const BLANKS = /\s+/y;
const OPERATOR = /!=|!:|<=|>=|==|\^=|[=<>:~]/y;
/** Holds colons, which else are operators. */
const DATE_TIME = /\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?/y;

/** @throws SearchError */
export function tokensOf(search: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(search)?.[0];
  };
  while (at < search.length) {
    const from = at;
    const blanks = match(BLANKS);
    if (blanks !== undefined) {
      at += blanks.length;
      continue;
    }
    const character = search[at]!;
    if (character === '"' || character === "'") {
      const { text, to } = stringAt(search, at);
      at = to;
      tokens.push({ kind: 'string', text, from, to });
      continue;
    }
    const sign = character === '(' || character === ')' || character === ',' ? character : undefined;
    const operator = sign ?? match(OPERATOR);
    const text = operator ?? match(DATE_TIME) ?? match(WORD);
    if (text === undefined) {
      throw new SearchError(`'${character}' has no meaning here.`, { from, to: from + 1 }, 'Quote texts: "a!b".');
    }
    at += text.length;
    tokens.push({ kind: sign ?? (operator === undefined ? 'word' : 'operator'), text, from, to: at });
  }
  tokens.push({ kind: 'end', text: '', from: search.length, to: search.length });
  return tokens;
}

/** A backslash takes the meaning from the character after it. */
function stringAt(search: string, from: number): { text: string; to: number } {
  const quote = search[from];
  let text = '';
  for (let at = from + 1; at < search.length; at++) {
    if (search[at] === quote) return { text, to: at + 1 };
    if (search[at] === '\\' && at + 1 < search.length) at++;
    text += search[at]!;
  }
  throw new SearchError('The quotes are not closed.', { from, to: search.length }, `Close them by ${quote!}.`);
}
